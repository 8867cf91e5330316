using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Fuzzing;

/// <summary>The network of a case: random weights with random zeros, in integers.</summary>
internal static class FuzzWeights
{
    private static readonly double[] Densities = [1, 0.7, 0.3];

    /// <exception cref="HypgcnException">The network cannot be quantised.</exception>
    public static QuantizedModel Quantize(FuzzCase fuzz)
    {
        SmallNetwork network = fuzz.Network;
        ModelGraph graph = WithZeros(network.Build(), fuzz);
        ReadOnlyMemory<float>[] calibration = [network.Clip(fuzz.Frames, fuzz.Persons, 1), network.Clip(fuzz.Frames, fuzz.Persons, 2)];
        var options = new QuantizerOptions
        {
            Preset = fuzz.Preset,
            FeatureBits = fuzz.FeatureBits,
            // Trying which span is best takes longer than all else here.
            BalanceSpan = fuzz.BalanceSpan,
            BlockFeatureBits = fuzz.Preset == FormatPreset.Calibrated ? [.. fuzz.Blocks.Select(block => block.FeatureBits)] : null,
        };
        QuantizedModel model = Quantizer.Quantize(graph, calibration, fuzz.Frames, fuzz.Persons, options);
        return fuzz.Balanced ? ChannelOrder.Balance(model) : model;
    }

    /// <summary>Weights are zeroed in place: the arrays were made for this network alone.</summary>
    private static ModelGraph WithZeros(ModelGraph graph, FuzzCase fuzz)
    {
        var random = new Random(fuzz.WeightSeed + 1);
        foreach (var (block, drawn) in graph.Blocks.Zip(fuzz.Blocks))
        {
            Thin(random, block.Graph);
            Thin(random, block.Temporal.Weight);
            foreach (var spatial in block.Spatial)
            {
                Thin(random, spatial.Weight);
            }
            Thin(random, block.Down?.Weight ?? []);
            Thin(random, block.ResidualConvolution?.Weight ?? []);
            Drop(random, block, drawn);
        }
        return graph;
    }

    private static void Drop(Random random, BlockModel block, FuzzBlock drawn)
    {
        if (drawn.DropsFilters)
        {
            DropFilters(random, block);
        }
        if (drawn.DropsTaps)
        {
            DropTaps(random, block.Temporal);
        }
        if (drawn.DropsInputs)
        {
            foreach (var input in Enumerable.Range(0, block.InputChannels).Where(_ => random.Next(2) == 0))
            {
                foreach (var spatial in block.Spatial)
                {
                    Clear(spatial, (_, channel, _) => channel == input);
                }
            }
        }
    }

    // Whole filters, the residual's with them, as pruning drops them.
    private static void DropFilters(Random random, BlockModel block)
    {
        foreach (var filter in Enumerable.Range(0, block.OutputChannels).Where(_ => random.Next(3) > 0))
        {
            Clear(block.Temporal, (output, _, _) => output == filter);
            if (block.ResidualConvolution is { } residual)
            {
                Clear(residual, (output, _, _) => output == filter);
            }
        }
    }

    private static void DropTaps(Random random, Convolution convolution)
    {
        bool[] kept = [.. Enumerable.Range(0, convolution.OutputChannels * convolution.Kernel).Select(_ => random.Next(3) == 0)];
        Clear(convolution, (output, _, tap) => !kept[(output * convolution.Kernel) + tap]);
    }

    private static void Clear(Convolution convolution, Func<int, int, int, bool> isDropped)
    {
        for (var n = 0; n < convolution.Weight.Length; n++)
        {
            var (row, tap) = (n / convolution.Kernel, n % convolution.Kernel);
            if (isDropped(row / convolution.InputChannels, row % convolution.InputChannels, tap))
            {
                convolution.Weight[n] = 0;
            }
        }
    }

    private static void Thin(Random random, double[] weights)
    {
        var density = Densities[random.Next(Densities.Length)];
        for (var n = 0; n < weights.Length; n++)
        {
            if (random.NextDouble() >= density)
            {
                weights[n] = 0;
            }
        }
    }
}
