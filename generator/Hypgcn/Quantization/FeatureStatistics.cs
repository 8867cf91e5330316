using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Quantization;

/// <summary>Magnitudes of all features of the float network over a set of clips.</summary>
internal sealed class FeatureStatistics
{
    private FeatureStatistics(ModelGraph model)
    {
        Blocks = [.. model.Blocks.Select(block => new BlockStatistics(block.OutputChannels))];
    }

    public MagnitudeHistogram Clip { get; } = new();

    public MagnitudeHistogram Input { get; } = new();

    public IReadOnlyList<BlockStatistics> Blocks { get; }

    public static FeatureStatistics Measure(ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, int frames, int persons)
    {
        var network = new FloatNetwork(model);
        var perClip = new FeatureStatistics[clips.Count];
        Parallel.For(0, clips.Count, n =>
        {
            var statistics = new FeatureStatistics(model);
            statistics.Clip.Add(Array.ConvertAll(clips[n].ToArray(), value => (double)value));
            network.Logits(clips[n].Span, frames, persons, statistics.Observe);
            perClip[n] = statistics;
        });
        // Sums of doubles depend on their order; this one does not depend on which core was faster.
        var total = new FeatureStatistics(model);
        foreach (var statistics in perClip)
        {
            total.Add(statistics);
        }
        return total;
    }

    private void Observe(FeatureKind kind, int block, ReadOnlySpan<double> values)
    {
        switch (kind)
        {
            case FeatureKind.Input:
                Input.Add(values);
                break;
            case FeatureKind.GraphResult:
                Blocks[block].GraphResult.Add(values);
                break;
            case FeatureKind.Middle:
                Blocks[block].AddMiddle(values);
                break;
            default:
                Blocks[block].AddOutput(values);
                break;
        }
    }

    private void Add(FeatureStatistics other)
    {
        Clip.Add(other.Clip);
        Input.Add(other.Input);
        foreach (var (mine, theirs) in Blocks.Zip(other.Blocks))
        {
            mine.Add(theirs);
        }
    }
}
