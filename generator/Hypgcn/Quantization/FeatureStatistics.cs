using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Quantization;

/// <summary>Magnitudes of all features of the float network over a set of clips.</summary>
internal sealed class FeatureStatistics
{
    // Statistics of one clip take some megabytes.
    private const int ClipsAtOnce = 32;

    private FeatureStatistics(ModelGraph model)
    {
        Blocks = [.. model.Blocks.Select(block => new BlockStatistics(block.InputChannels, block.OutputChannels))];
    }

    public MagnitudeHistogram Clip { get; } = new();

    public MagnitudeHistogram Input { get; } = new();

    public IReadOnlyList<BlockStatistics> Blocks { get; }

    public static FeatureStatistics Measure(ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, int frames, int persons)
    {
        var network = new FloatNetwork(model);
        var total = new FeatureStatistics(model);
        foreach (var some in clips.Chunk(ClipsAtOnce))
        {
            var perClip = new FeatureStatistics[some.Length];
            Parallel.For(0, some.Length, AllCores.With(), n =>
            {
                var statistics = new FeatureStatistics(model);
                statistics.Clip.Add(Array.ConvertAll(some[n].ToArray(), value => (double)value));
                network.Logits(some[n].Span, frames, persons, statistics.Observe);
                perClip[n] = statistics;
            });
            // Sums of doubles depend on their order; this one does not depend on which core was faster.
            foreach (var statistics in perClip)
            {
                total.Add(statistics);
            }
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
                Blocks[block].Middle.Add(values);
                break;
            default:
                Blocks[block].Output.Add(values);
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
