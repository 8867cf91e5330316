using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>A block with all its batch norms folded, in double precision.</summary>
internal sealed record FoldedBlock
{
    public required BlockModel Source { get; init; }

    /// <summary>[k, input, output].</summary>
    public required double[] Spatial { get; init; }

    /// <summary>[output], of the spatial sum and the shortcut together.</summary>
    public required double[] SpatialBias { get; init; }

    /// <summary>[input, output] or null.</summary>
    public double[]? Down { get; init; }

    /// <summary>[output, input, tap].</summary>
    public required double[] Temporal { get; init; }

    /// <summary>[output], of the temporal sum and the residual together.</summary>
    public required double[] TemporalBias { get; init; }

    /// <summary>[input, output] or null.</summary>
    public double[]? Residual { get; init; }

    public static FoldedBlock Fold(BlockModel block)
    {
        var (inputs, outputs) = (block.InputChannels, block.OutputChannels);
        var spatial = new double[block.Spatial.Count * inputs * outputs];
        var spatialBias = new double[outputs];
        for (var k = 0; k < block.Spatial.Count; k++)
        {
            // The norm's offset belongs to the sum over k, so only the first convolution carries it, with everyone's bias.
            var others = k == 0 ? SumOfBiases(block.Spatial.Skip(1), outputs) : null;
            var folded = FoldedConvolution.Fold(block.Spatial[k], block.SpatialNorm, others);
            Transpose(folded).CopyTo(spatial, k * inputs * outputs);
            if (k == 0)
            {
                spatialBias = folded.Bias;
            }
        }
        var down = block.Down is null ? null : FoldedConvolution.Fold(block.Down, block.DownNorm);
        var temporal = FoldedConvolution.Fold(block.Temporal, block.TemporalNorm);
        var residual = block.Residual == ResidualKind.Convolution
            ? FoldedConvolution.Fold(block.ResidualConvolution!, block.ResidualNorm)
            : null;
        return new FoldedBlock
        {
            Source = block,
            Spatial = spatial,
            SpatialBias = Sum(spatialBias, down?.Bias),
            Down = down is null ? null : Transpose(down),
            Temporal = temporal.Weight,
            TemporalBias = Sum(temporal.Bias, residual?.Bias),
            Residual = residual is null ? null : Transpose(residual),
        };
    }

    /// <summary>The block for features whose channels are scaled by powers of two.</summary>
    /// <param name="input">Exponents of x; null for zeros.</param>
    /// <param name="middle">Exponents of z.</param>
    /// <param name="output">Exponents of the output.</param>
    public FoldedBlock Scaled(IReadOnlyList<int>? input, IReadOnlyList<int>? middle, IReadOnlyList<int>? output)
    {
        var (inputs, outputs, kernel) = (Source.InputChannels, Source.OutputChannels, Source.Temporal.Kernel);
        double[] Rows(double[] weight, IReadOnlyList<int>? to) =>
            [.. weight.Select((w, n) => Math.ScaleB(w, At(to, n % outputs) - At(input, n / outputs % inputs)))];
        double[] Each(double[] bias, IReadOnlyList<int>? to) => [.. bias.Select((value, o) => Math.ScaleB(value, At(to, o)))];
        return this with
        {
            Spatial = Rows(Spatial, middle),
            SpatialBias = Each(SpatialBias, middle),
            Down = Down is null ? null : Rows(Down, middle),
            Temporal = [.. Temporal.Select((w, n) => Math.ScaleB(w, At(output, n / (outputs * kernel)) - At(middle, n / kernel % outputs)))],
            TemporalBias = Each(TemporalBias, output),
            Residual = Residual is null ? null : Rows(Residual, output),
        };
    }

    private static int At(IReadOnlyList<int>? exponents, int channel) => exponents?[channel] ?? 0;

    private static double[] SumOfBiases(IEnumerable<Convolution> convolutions, int outputs)
    {
        var sum = new double[outputs];
        foreach (var convolution in convolutions)
        {
            sum = Sum(sum, convolution.Bias);
        }
        return sum;
    }

    private static double[] Sum(double[] a, double[]? b) => b is null ? a : [.. a.Zip(b, (x, y) => x + y)];

    /// <summary>[output, input] of a 1x1 convolution to [input, output].</summary>
    private static double[] Transpose(FoldedConvolution convolution)
    {
        var (inputs, outputs) = (convolution.InputChannels, convolution.OutputChannels);
        var transposed = new double[inputs * outputs];
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                transposed[i * outputs + o] = convolution.Weight[o * inputs + i];
            }
        }
        return transposed;
    }
}
