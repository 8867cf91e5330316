using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Hardware;

/// <summary>The read-only memories of one block, laid out as the primitives read them.</summary>
public static class BlockImages
{
    /// <summary>All images of a block.</summary>
    public static IEnumerable<MemoryImage> Create(BlockDesign block)
    {
        yield return Channels(block);
        yield return Graph(block);
        yield return Array(block);
        yield return SpatialBias(block);
        if (block.HasDown)
        {
            yield return Pointwise(block, "down", block.Integers.Down!, block.Down, block.Parameters.SpatialLutWords);
        }
        yield return Temporal(block);
        yield return Schedule(block);
        yield return Initial(block);
        if (block.HasResidualConvolution)
        {
            yield return Pointwise(block, "residual", block.Integers.ResidualWeight!, block.Residual, block.Parameters.TemporalLutWords);
        }
    }

    /// <summary>Bits of one group's entry in a schedule word: valid, tap, ring entry.</summary>
    public static (int Tap, int Entry) ScheduleBits(TemporalPlan plan) =>
        (Math.Max(1, BitsFor(plan.Kernel)), Math.Max(1, BitsFor(plan.RingChannels)));

    /// <summary>Bits that count to <paramref name="values"/> values ($clog2).</summary>
    public static int BitsFor(int values) => values <= 1 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(values - 1));

    /// <summary>Rounding half of a right shift.</summary>
    internal static long Half(int shift) => shift == 0 ? 0 : 1L << (shift - 1);

    // Weights that share multipliers are prepared for it.
    private static void Pack(BlockDesign block, MemoryImage image, int columns, int lanes)
    {
        if (block.IsPacked)
        {
            PackedWeights.Encode(image, columns, lanes, block.Bits);
        }
    }

    private static MemoryImage Channels(BlockDesign block)
    {
        return new MemoryImage($"{block.Name}_channels.mem", 32, block.KeptChannels.Count, image =>
        {
            for (var q = 0; q < block.KeptChannels.Count; q++)
            {
                var channel = block.KeptChannels[q];
                image.Set(q, 0, 16, channel);
                image.Set(q, 16, 16, channel / 16 * block.Joints);
            }
        }) { IsRegistered = false };
    }

    private static MemoryImage Graph(BlockDesign block)
    {
        var (joints, lanes, words) = (block.Joints, block.Parameters.GraphLanes, block.Parameters.GraphWords);
        return new MemoryImage($"{block.Name}_graph.mem", words * lanes * block.Bits, block.GraphPasses * joints, image =>
        {
            for (var word = 0; word < block.GraphTotalWords; word++)
            {
                var (pass, column) = (word / words, word % words);
                var (k, first, count) = block.GraphWord(word);
                for (var p = 0; p < joints; p++)
                {
                    for (var lane = 0; lane < count; lane++)
                    {
                        var value = block.Integers.Graph[(((k * joints) + p) * joints) + first + lane];
                        image.Set((pass * joints) + p, ((column * lanes) + lane) * block.Bits, block.Bits, value);
                    }
                }
            }
            if (block.IsGraphPacked)
            {
                Pack(block, image, words, lanes);
            }
        }, () => GraphColumns.Of(block)) { LutWords = block.Parameters.SpatialLutWords, Variant = (block.Parameters.JointLanes, lanes, words, block.IsGraphPacked) };
    }

    private static MemoryImage Array(BlockDesign block)
    {
        var q = block.Integers;
        var (lanes, subsets, kept) = (block.Parameters.ArrayChannels, block.Model.Subsets, block.KeptChannels);
        return new MemoryImage($"{block.Name}_array.mem", lanes * block.Bits, block.ChannelGroups * block.ArrayOperations, image =>
        {
            for (var o = 0; o < q.OutputChannels; o++)
            {
                for (var n = 0; n < kept.Count; n++)
                {
                    for (var k = 0; k < subsets; k++)
                    {
                        var address = (o / lanes * block.ArrayOperations) + (n * subsets) + k;
                        var value = q.Spatial[(((k * q.InputChannels) + kept[n]) * q.OutputChannels) + o];
                        image.Set(address, o % lanes * block.Bits, block.Bits, value);
                    }
                }
            }
            Pack(block, image, 1, lanes);
        }) { LutWords = block.Parameters.SpatialLutWords, Variant = (lanes, 0, 0, block.IsPacked) };
    }

    private static MemoryImage SpatialBias(BlockDesign block)
    {
        var width = block.Parameters.SpatialFinish;
        return new MemoryImage($"{block.Name}_spatial_bias.mem", width * block.SpatialTotalBits, block.OutBanks * 16 / width, image =>
        {
            for (var o = 0; o < block.OutBanks * 16; o++)
            {
                var bias = o < block.Integers.OutputChannels ? block.Integers.SpatialBias[o] : 0;
                image.Set(o / width, o % width * block.SpatialTotalBits, block.SpatialTotalBits, bias + Half(block.Integers.SpatialShift));
            }
        }) { IsRegistered = false, Variant = (width, 0, 0, false) };
    }

    /// <summary>Weights [input, output] of a 1x1 convolution as down_engine.v reads them.</summary>
    private static MemoryImage Pointwise(BlockDesign block, string name, int[] weights, PointwiseShape shape, int lutWords)
    {
        var q = block.Integers;
        var length = block.InBanks * 16;
        var products = shape.Lanes * shape.Columns;
        return new MemoryImage($"{block.Name}_{name}.mem", products * block.Bits, shape.Passes * length, image =>
        {
            for (var o = 0; o < q.OutputChannels; o++)
            {
                var (pass, product) = (o / products, o % products);
                for (var i = 0; i < q.InputChannels; i++)
                {
                    image.Set((pass * length) + i, product * block.Bits, block.Bits, weights[(i * q.OutputChannels) + o]);
                }
            }
            Pack(block, image, shape.Columns, shape.Lanes);
        }) { LutWords = lutWords, Variant = (shape.Lanes, shape.Columns, 0, block.IsPacked) };
    }

    private static MemoryImage Temporal(BlockDesign block)
    {
        var (plan, q) = (block.Temporal, block.Integers);
        return new MemoryImage($"{block.Name}_temporal.mem", plan.Columns * plan.Groups * block.Bits, plan.TotalPasses * block.OutBanks * 16, image =>
        {
            ForEachPair(plan, (phase, pass, column, group, pair) =>
            {
                var address = (plan.FirstPass(phase) + pass) * block.OutBanks * 16;
                var offset = ((column * plan.Groups) + group) * block.Bits;
                for (var i = 0; i < q.OutputChannels; i++)
                {
                    var value = q.Temporal[(((pair.Channel * q.OutputChannels) + i) * q.Kernel) + pair.Tap];
                    image.Set(address + i, offset, block.Bits, value);
                }
            });
            Pack(block, image, plan.Columns, plan.Groups);
        }) { LutWords = block.Parameters.TemporalLutWords, Variant = (plan.Groups, plan.Columns, 0, block.IsPacked) };
    }

    private static MemoryImage Schedule(BlockDesign block)
    {
        var plan = block.Temporal;
        var (tapBits, entryBits) = ScheduleBits(plan);
        var bits = 1 + tapBits + entryBits;
        return new MemoryImage($"{block.Name}_schedule.mem", plan.Groups * bits, plan.TotalPasses * plan.Columns, image =>
        {
            ForEachPair(plan, (phase, pass, column, group, pair) =>
            {
                var address = ((plan.FirstPass(phase) + pass) * plan.Columns) + column;
                image.Set(address, group * bits, entryBits, plan.RingEntry(pair.Channel)!.Value);
                image.Set(address, (group * bits) + entryBits, tapBits, pair.Tap);
                image.Set(address, (group * bits) + entryBits + tapBits, 1, 1);
            });
        }) { LutWords = block.Parameters.TemporalLutWords, Variant = (plan.Groups, plan.Columns, 0, false) };
    }

    private static MemoryImage Initial(BlockDesign block)
    {
        var plan = block.Temporal;
        var bits = 1 + block.RingBits;
        return new MemoryImage($"{block.Name}_init.mem", plan.Groups * bits, plan.GroupChannels, image =>
        {
            for (var o = 0; o < block.OutBanks * 16; o++)
            {
                var bias = o < block.Integers.OutputChannels ? block.Integers.TemporalBias[o] : 0;
                image.Set(o / plan.Groups, (o % plan.Groups * bits) + block.RingBits, 1, plan.RingEntry(o) is null ? 0 : 1);
                image.Set(o / plan.Groups, o % plan.Groups * bits, block.RingBits, bias + Half(block.Integers.TemporalShift));
            }
        }) { LutWords = block.Parameters.TemporalLutWords, Variant = (plan.Groups, 0, 0, false) };
    }

    private static void ForEachPair(TemporalPlan plan, Action<int, int, int, int, TemporalPair> action)
    {
        for (var phase = 0; phase < plan.Stride; phase++)
        {
            for (var pass = 0; pass < plan.PhasePasses(phase); pass++)
            {
                for (var column = 0; column < plan.Columns; column++)
                {
                    for (var group = 0; group < plan.Groups; group++)
                    {
                        if (plan.Pair(phase, pass, column, group) is { } pair)
                        {
                            action(phase, pass, column, group, pair);
                        }
                    }
                }
            }
        }
    }
}
