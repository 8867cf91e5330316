using Hypgcn.Models;

namespace Hypgcn.Pruning;

/// <summary>How much a channel or a filter contributes to what follows it.</summary>
/// <remarks>
/// Batch norms are part of the weights: a filter whose norm scales it down contributes less. Without measured activity every
/// feature counts as 1, which leaves the magnitude of the weights.
/// </remarks>
public static class ChannelImportance
{
    /// <summary>[input channel]: sum over graphs k and outputs o of |W_k(i, o)| |scale(o)| mean |U_k(i)|.</summary>
    public static double[] Inputs(ModelGraph model, int block, ChannelActivity? activity)
    {
        ArgumentNullException.ThrowIfNull(model);
        var source = model.Blocks[block];
        var scale = Scale(source.SpatialNorm);
        var importance = new double[source.InputChannels];
        for (var k = 0; k < source.Spatial.Count; k++)
        {
            for (var i = 0; i < importance.Length; i++)
            {
                var weight = 0.0;
                for (var o = 0; o < source.OutputChannels; o++)
                {
                    weight += Math.Abs(source.Spatial[k].Weight[(o * importance.Length) + i]) * scale[o];
                }
                importance[i] += weight * (activity?.Graph(block, k, i) ?? 1);
            }
        }
        return importance;
    }

    /// <summary>[filter of the last block]: sum over classes of |FC(c, o)|, times |scale(o)| sum over channels and taps of |W(o, i, t)| mean |z(i)|.</summary>
    public static double[] LastFilters(ModelGraph model, ChannelActivity? activity)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (last, block) = (model.Blocks.Count - 1, model.Blocks[^1]);
        var (channels, kernel) = (block.OutputChannels, block.Temporal.Kernel);
        var scale = Scale(block.TemporalNorm);
        var importance = new double[channels];
        for (var o = 0; o < channels; o++)
        {
            var filter = 0.0;
            for (var n = 0; n < channels * kernel; n++)
            {
                filter += Math.Abs(block.Temporal.Weight[(o * channels * kernel) + n]) * (activity?.Middle(last, n / kernel) ?? 1);
            }
            var classifier = Enumerable.Range(0, model.Classes).Sum(c => Math.Abs(model.ClassifierWeight[(c * channels) + o]));
            importance[o] = classifier * scale[o] * filter;
        }
        return importance;
    }

    private static double[] Scale(BatchNorm norm) =>
        [.. norm.Gamma.Zip(norm.Variance, (gamma, variance) => Math.Abs(gamma) / Math.Sqrt(variance + norm.Epsilon))];
}
