using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Fuzzing;

/// <summary>Random networks, small enough for a scalar model: a fixed seed gives a fixed network.</summary>
internal sealed record SmallNetwork
{
    public int Seed { get; init; } = 1;

    public int Joints { get; init; } = 5;

    public int Subsets { get; init; } = 3;

    public int InputChannels { get; init; } = 3;

    public int Classes { get; init; } = 4;

    public int DataNormPersons { get; init; } = 1;

    public int Kernel { get; init; } = 9;

    /// <summary>Size of weights relative to variance-preserving ones; large ones saturate features.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>Channels and stride of each block, and its residual (Identity turns into Convolution where shapes differ).</summary>
    public IReadOnlyList<(int Channels, int Stride, ResidualKind Residual)> Blocks { get; init; } =
        [(8, 1, ResidualKind.None), (8, 1, ResidualKind.Identity), (12, 2, ResidualKind.Convolution)];

    public ModelGraph Build()
    {
        var random = new Random(Seed);
        var blocks = new List<BlockModel>();
        var inputs = InputChannels;
        foreach (var (channels, stride, residual) in Blocks)
        {
            blocks.Add(Block(random, inputs, channels, stride, residual));
            inputs = channels;
        }
        return new ModelGraph
        {
            Joints = Joints,
            Subsets = Subsets,
            InputChannels = InputChannels,
            Classes = Classes,
            DataNormPersons = DataNormPersons,
            DataNorm = Norm(random, DataNormPersons * Joints * InputChannels),
            Blocks = blocks,
            ClassifierWeight = Values(random, Classes * inputs, 0.5),
            ClassifierBias = Values(random, Classes, 0.1),
        };
    }

    /// <summary>A clip [C, T, V, M] of values within about 2.</summary>
    public float[] Clip(int frames, int persons, int seed)
    {
        var values = Values(new Random(seed), InputChannels * frames * Joints * persons, 1);
        return Array.ConvertAll(values, value => (float)value);
    }

    /// <summary>The network in integers, calibrated on two clips.</summary>
    public QuantizedModel Quantize(int frames, int persons, QuantizerOptions options) =>
        Quantizer.Quantize(Build(), [Clip(frames, persons, 1), Clip(frames, persons, 2)], frames, persons, options);

    private BlockModel Block(Random random, int inputs, int outputs, int stride, ResidualKind residual)
    {
        if (residual == ResidualKind.Identity && (inputs != outputs || stride != 1))
        {
            residual = ResidualKind.Convolution;
        }
        var convolved = residual == ResidualKind.Convolution;
        return new BlockModel
        {
            InputChannels = inputs,
            OutputChannels = outputs,
            Stride = stride,
            Graph = Values(random, Subsets * Joints * Joints, 1.0 / Math.Sqrt(Joints)),
            Spatial = [.. Enumerable.Range(0, Subsets).Select(_ => Convolution(random, outputs, inputs, 1))],
            SpatialNorm = Norm(random, outputs),
            Down = inputs == outputs ? null : Convolution(random, outputs, inputs, 1),
            DownNorm = inputs == outputs ? null : Norm(random, outputs),
            Temporal = Convolution(random, outputs, outputs, Kernel),
            TemporalNorm = Norm(random, outputs),
            Residual = residual,
            ResidualConvolution = convolved ? Convolution(random, outputs, inputs, 1) : null,
            ResidualNorm = convolved ? Norm(random, outputs) : null,
        };
    }

    private Convolution Convolution(Random random, int outputs, int inputs, int kernel)
    {
        var deviation = Gain / Math.Sqrt(inputs * kernel);
        return new Convolution(outputs, inputs, kernel, Values(random, outputs * inputs * kernel, deviation), Values(random, outputs, 0.2));
    }

    private static BatchNorm Norm(Random random, int features) => new(
        Array.ConvertAll(Values(random, features, 0.2), value => 1 + value),
        Values(random, features, 0.2),
        Values(random, features, 0.1),
        Array.ConvertAll(Values(random, features, 0.3), value => 1 + value));

    private static double[] Values(Random random, int count, double deviation)
    {
        // Uniform with the wanted deviation: bounded, so a norm's variance cannot turn negative.
        var half = deviation * Math.Sqrt(3);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble() - 1) * half)];
    }
}
