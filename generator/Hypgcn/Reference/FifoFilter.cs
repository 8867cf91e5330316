namespace Hypgcn.Reference;

/// <summary>Drops what the FIFOs have no room for.</summary>
/// <param name="state">The counts before the clip; after it, those behind the clip.</param>
internal sealed class FifoFilter(RfcState state) : FifoPass
{
    private readonly Dictionary<(int Block, RfcReader Reader), long> _dropped = [];

    /// <summary>Words of the clip that a FIFO dropped.</summary>
    public long Dropped(int block, RfcReader reader) => _dropped.GetValueOrDefault((block, reader));

    public override FeatureBuffer? Through(int block, RfcReader reader, FeatureBuffer values, FrameWalk frames)
    {
        if (state[block, reader] is not { } window)
        {
            return null;
        }
        FeatureBuffer? seen = null;
        long dropped = 0;
        for (var n = 0; n < frames.Count; n++)
        {
            var first = frames.Offset(n);
            for (var at = first; at < first + frames.FrameLength; at += Bank)
            {
                var needed = Words(NonZeros(values.Values.Slice(at, Bank)));
                var taken = window.Take(needed);
                if (taken < needed)
                {
                    seen ??= values.Clone();
                    Cut(seen.Values.Slice(at, Bank), taken * RfcRule.WordValues);
                    dropped += needed - taken;
                }
            }
            window.EndFrame();
        }
        _dropped[(block, reader)] = dropped;
        return seen;
    }

    /// <summary>Clears all but the first non-zeros of a bank.</summary>
    private static void Cut(Span<short> bank, int keep)
    {
        foreach (ref var value in bank)
        {
            if (value != 0 && keep-- <= 0)
            {
                value = 0;
            }
        }
    }
}
