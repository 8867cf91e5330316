using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>A convolution with its batch norm folded in, in double precision.</summary>
/// <param name="OutputChannels">Filters.</param>
/// <param name="InputChannels">Channels read by every filter.</param>
/// <param name="Kernel">Taps in time.</param>
/// <param name="Weight">[output, input, tap].</param>
/// <param name="Bias">[output].</param>
internal sealed record FoldedConvolution(int OutputChannels, int InputChannels, int Kernel, double[] Weight, double[] Bias)
{
    /// <param name="convolution">The convolution in front of the norm.</param>
    /// <param name="norm">Null leaves the convolution as it is.</param>
    /// <param name="extraBias">Added before the norm, or null: the other convolutions of a sum that is normalised once.</param>
    public static FoldedConvolution Fold(Convolution convolution, BatchNorm? norm, double[]? extraBias = null)
    {
        var (outputs, perOutput) = (convolution.OutputChannels, convolution.InputChannels * convolution.Kernel);
        var weight = new double[convolution.Weight.Length];
        var bias = new double[outputs];
        for (var o = 0; o < outputs; o++)
        {
            var scale = norm is null ? 1 : norm.Gamma[o] / Math.Sqrt(norm.Variance[o] + norm.Epsilon);
            for (var i = 0; i < perOutput; i++)
            {
                weight[o * perOutput + i] = convolution.Weight[o * perOutput + i] * scale;
            }
            var before = convolution.Bias[o] + (extraBias?[o] ?? 0);
            bias[o] = norm is null ? before : (before - norm.Mean[o]) * scale + norm.Beta[o];
        }
        return new FoldedConvolution(outputs, convolution.InputChannels, convolution.Kernel, weight, bias);
    }
}
