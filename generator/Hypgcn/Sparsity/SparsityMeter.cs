using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Sparsity;

/// <summary>Measures zeros in the integers of a network.</summary>
public static class SparsityMeter
{
    private const int ChunkClips = 64;

    /// <summary>Evaluates clips, as if no FIFO dropped anything, on all cores.</summary>
    /// <param name="model">The network; its frames and persons are those of the clips.</param>
    /// <param name="count">Number of clips, 1 or more.</param>
    /// <param name="clip">The n-th clip, [person, frame, joint, channel], quantised; called from any thread.</param>
    /// <param name="done">Is told of each clip, from any thread.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    public static NetworkSparsity Measure(
        QuantizedModel model, int count, Func<int, short[]> clip, Action? done = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var network = new IntegerNetwork(model);
        var meters = new Dictionary<(int Block, RfcReader Reader), PeakMeter>();
        var options = AllCores.With(cancellationToken);
        for (var first = 0; first < count; first += ChunkClips)
        {
            var start = first;
            var chunk = new FifoCounter[Math.Min(ChunkClips, count - first)];
            Parallel.For(0, chunk.Length, options, n =>
            {
                chunk[n] = new FifoCounter((_, _) => true);
                network.Score(clip(start + n), chunk[n]);
                done?.Invoke();
            });
            foreach (var counter in chunk)
            {
                Add(meters, counter, model.Blocks.Count);
            }
        }
        return new NetworkSparsity
        {
            Clips = count,
            Blocks = [.. Enumerable.Range(0, model.Blocks.Count).Select(block => new BlockSparsity
            {
                Spatial = meters[(block, RfcReader.Spatial)].Read(),
                Middle = meters[(block, RfcReader.Middle)].Read(),
                Residual = meters.GetValueOrDefault((block, RfcReader.Residual))?.Read(),
            })],
        };
    }

    private static void Add(Dictionary<(int Block, RfcReader Reader), PeakMeter> meters, FifoCounter clip, int blocks)
    {
        foreach (var key in Enumerable.Range(0, blocks).SelectMany(block => Enum.GetValues<RfcReader>().Select(reader => (block, reader))))
        {
            if (clip[key.block, key.reader] is { } profile)
            {
                if (!meters.TryGetValue(key, out var meter))
                {
                    meters.Add(key, meter = new PeakMeter(profile.Frames));
                }
                meter.Add(profile);
            }
        }
    }
}
