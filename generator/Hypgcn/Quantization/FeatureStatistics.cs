using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Quantization;

/// <summary>Magnitudes of all features of the float network over a set of clips.</summary>
internal sealed class FeatureStatistics
{
    private FeatureStatistics(int blocks)
    {
        Blocks = [.. Enumerable.Range(0, blocks).Select(_ => new BlockStatistics())];
    }

    public MagnitudeHistogram Clip { get; } = new();

    public MagnitudeHistogram Input { get; } = new();

    public IReadOnlyList<BlockStatistics> Blocks { get; }

    public static FeatureStatistics Measure(ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, int frames, int persons)
    {
        var network = new FloatNetwork(model);
        var perClip = new FeatureStatistics[clips.Count];
        Parallel.For(0, clips.Count, AllCores.With(), n =>
        {
            var statistics = new FeatureStatistics(model.Blocks.Count);
            statistics.Clip.Add(Array.ConvertAll(clips[n].ToArray(), value => (double)value));
            network.Logits(clips[n].Span, frames, persons, statistics.Observe);
            perClip[n] = statistics;
        });
        // Sums of doubles depend on their order; this one does not depend on which core was faster.
        var total = new FeatureStatistics(model.Blocks.Count);
        foreach (var statistics in perClip)
        {
            total.Add(statistics);
        }
        return total;
    }

    private void Observe(FeatureKind kind, int block, ReadOnlySpan<double> values)
    {
        var histogram = kind switch
        {
            FeatureKind.Input => Input,
            FeatureKind.GraphResult => Blocks[block].GraphResult,
            FeatureKind.Middle => Blocks[block].Middle,
            _ => Blocks[block].Output,
        };
        histogram.Add(values);
    }

    private void Add(FeatureStatistics other)
    {
        Clip.Add(other.Clip);
        Input.Add(other.Input);
        foreach (var (mine, theirs) in Blocks.Zip(other.Blocks))
        {
            mine.GraphResult.Add(theirs.GraphResult);
            mine.Middle.Add(theirs.Middle);
            mine.Output.Add(theirs.Output);
        }
    }
}
