using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Hardware;

/// <summary>
/// The order of channels inside a network is free as long as all who read them agree. A design numbers them so that the
/// temporal filters with a weight spread evenly over the groups of lanes (channel c belongs to group c mod G), for every G.
/// </summary>
/// <remarks>
/// An identity shortcut ties the order of its source to that of its destination; what is tied together has one order, and
/// the order of the clip's channels stays. Logits do not depend on the order, nor do cycles at equal zeros.
/// </remarks>
public static class ChannelOrder
{
    /// <summary>An equivalent network in the order that a design uses; the same object if no order is better than the given one.</summary>
    /// <param name="model">The network.</param>
    public static QuantizedModel Balance(QuantizedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var chains = Chains(model);
        var orders = new Dictionary<int, int[]>();
        foreach (var chain in chains.Distinct().Where(chain => chain != chains[0]))
        {
            int[] blocks = [.. Enumerable.Range(1, model.Blocks.Count).Where(b => chains[b] == chain)];
            if (blocks.Length > 0 && Spread(model, blocks) is { } order)
            {
                orders[chain] = order;
            }
        }
        return orders.Count == 0 ? model : Reorder(model, node => orders.GetValueOrDefault(chains[node]));
    }

    /// <summary>
    /// Which chain each boundary belongs to. Boundary b is x behind block b (0: the input), boundary N + b is z of block b.
    /// </summary>
    private static int[] Chains(QuantizedModel model)
    {
        var count = model.Blocks.Count;
        int[] chains = [.. Enumerable.Range(0, (2 * count) + 1)];
        for (var b = 1; b <= count; b++)
        {
            if (model.Blocks[b - 1].Down is null)
            {
                chains[count + b] = chains[b - 1];
            }
            if (model.Blocks[b - 1].Residual == ResidualKind.Identity)
            {
                chains[b] = chains[b - 1];
            }
        }
        return chains;
    }

    private static int[]? Spread(QuantizedModel model, int[] blocks)
    {
        var first = model.Blocks[blocks[0] - 1];
        var padded = (first.OutputChannels + 15) / 16 * 16;
        int[] groups = [.. Enumerable.Range(2, padded - 2).Where(count => padded % count == 0)];
        return new ChannelSpread([.. blocks.SelectMany(b => Loads(model.Blocks[b - 1]))], groups).Order();
    }

    /// <summary>What each channel costs its group: pairs for every phase, and an entry in the ring. [row, channel].</summary>
    private static IEnumerable<int[]> Loads(QuantizedBlock block)
    {
        var plan = new TemporalPlan(block, new BlockParameters(), 1);
        for (var phase = 0; phase < plan.Stride; phase++)
        {
            var pairs = new int[block.OutputChannels];
            for (var pass = 0; pass < plan.PhasePasses(phase); pass++)
            {
                if (plan.Pair(phase, pass, 0, 0) is { } pair)
                {
                    pairs[pair.Channel]++;
                }
            }
            yield return pairs;
        }
        yield return [.. Enumerable.Range(0, block.OutputChannels).Select(channel => plan.RingEntry(channel) is null ? 0 : 1)];
    }

    private static QuantizedModel Reorder(QuantizedModel model, Func<int, int[]?> orderOf)
    {
        var blocks = model.Blocks;
        int[] Order(int node, int channels) => orderOf(node) ?? Unchanged(channels);
        return model with
        {
            Blocks =
            [
                .. blocks.Select((block, b) => Reorder(
                    block, model.Subsets,
                    Order(b, block.InputChannels), Order(blocks.Count + b + 1, block.OutputChannels), Order(b + 1, block.OutputChannels))),
            ],
            Classifier = model.Classifier with
            {
                Weight = Pick(model.Classifier.Weight, [0], Unchanged(model.Classes), Order(blocks.Count, blocks[^1].OutputChannels)),
            },
        };
    }

    private static QuantizedBlock Reorder(QuantizedBlock block, int subsets, int[] input, int[] middle, int[] output) => block with
    {
        Spatial = Pick(block.Spatial, Unchanged(subsets), input, middle),
        SpatialBias = Pick(block.SpatialBias, [0], [0], middle),
        Down = block.Down is null ? null : Pick(block.Down, [0], input, middle),
        Temporal = Pick(block.Temporal, output, middle, Unchanged(block.Kernel)),
        TemporalBias = Pick(block.TemporalBias, [0], [0], output),
        ResidualWeight = block.ResidualWeight is null ? null : Pick(block.ResidualWeight, [0], input, output),
    };

    private static int[] Unchanged(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>result[i, j, k] = values[first[i], second[j], third[k]].</summary>
    private static T[] Pick<T>(T[] values, int[] first, int[] second, int[] third)
    {
        var result = new T[values.Length];
        var n = 0;
        foreach (var i in first)
        {
            foreach (var j in second)
            {
                foreach (var k in third)
                {
                    result[n++] = values[(((i * second.Length) + j) * third.Length) + k];
                }
            }
        }
        return result;
    }
}
