using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Pruning;

/// <summary>Mean magnitudes of features, per channel, over a set of clips.</summary>
public sealed class ChannelActivity
{
    private readonly double[][][] _graph; // [block][k][channel]
    private readonly double[][] _middle; // [block][channel]

    private ChannelActivity(ModelGraph model)
    {
        _graph = [.. model.Blocks.Select(block => block.Spatial.Select(_ => new double[block.InputChannels]).ToArray())];
        _middle = [.. model.Blocks.Select(block => new double[block.OutputChannels])];
    }

    /// <summary>Measures the network in floating point.</summary>
    /// <param name="model">The network.</param>
    /// <param name="clips">One or more.</param>
    /// <param name="advance">Called with the number of clips done; may be called from several threads.</param>
    /// <param name="cancellationToken">Stops between clips.</param>
    public static ChannelActivity Measure(
        ModelGraph model, ClipSet clips, Action<int>? advance = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var network = new FloatNetwork(model);
        var perClip = new ChannelActivity[clips.Count];
        var done = 0;
        Parallel.For(0, clips.Count, AllCores.With(cancellationToken), n =>
        {
            var activity = new ChannelActivity(model);
            var calls = new int[model.Blocks.Count];
            network.Logits(clips.Clip(n), clips.Frames, clips.Persons, (kind, block, values) => activity.Observe(kind, block, values, calls));
            perClip[n] = activity;
            advance?.Invoke(Interlocked.Increment(ref done));
        });
        // Sums of doubles depend on their order; this one does not depend on which core was faster.
        var mean = new ChannelActivity(model);
        foreach (var activity in perClip)
        {
            mean.Add(activity, 1.0 / clips.Count);
        }
        return mean;
    }

    /// <summary>Mean |U_k| of an input channel, before the spatial weights.</summary>
    public double Graph(int block, int subset, int channel) => _graph[block][subset][channel];

    /// <summary>Mean |z| of a channel, before the temporal weights.</summary>
    public double Middle(int block, int channel) => _middle[block][channel];

    private void Observe(FeatureKind kind, int block, ReadOnlySpan<double> values, int[] calls)
    {
        if (kind == FeatureKind.GraphResult)
        {
            // Graphs come in order, for one person after the other.
            AddMeans(values, _graph[block][calls[block]++ % _graph[block].Length]);
        }
        else if (kind == FeatureKind.Middle)
        {
            AddMeans(values, _middle[block]);
        }
    }

    private static void AddMeans(ReadOnlySpan<double> values, double[] sums)
    {
        var rows = values.Length / sums.Length;
        for (var row = 0; row < rows; row++)
        {
            var channels = values.Slice(row * sums.Length, sums.Length);
            for (var c = 0; c < sums.Length; c++)
            {
                sums[c] += Math.Abs(channels[c]) / rows;
            }
        }
    }

    private void Add(ChannelActivity other, double weight)
    {
        for (var b = 0; b < _middle.Length; b++)
        {
            AddScaled(other._middle[b], _middle[b], weight);
            for (var k = 0; k < _graph[b].Length; k++)
            {
                AddScaled(other._graph[b][k], _graph[b][k], weight);
            }
        }
    }

    private static void AddScaled(double[] from, double[] to, double weight)
    {
        for (var n = 0; n < to.Length; n++)
        {
            to[n] += weight * from[n];
        }
    }
}
