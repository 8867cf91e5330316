namespace Hypgcn.Reference;

/// <summary>Counts what a clip would need of the FIFOs; all of it passes.</summary>
/// <param name="isMeant">The FIFOs to count.</param>
internal sealed class FifoCounter(Func<int, RfcReader, bool> isMeant) : FifoPass
{
    private readonly Dictionary<(int Block, RfcReader Reader), FifoProfile> _profiles = [];

    /// <summary>Null for a FIFO that is not counted or that the network does not have.</summary>
    public FifoProfile? this[int block, RfcReader reader] => _profiles.GetValueOrDefault((block, reader));

    public override FeatureBuffer? Through(int block, RfcReader reader, FeatureBuffer values, FrameWalk frames)
    {
        if (!isMeant(block, reader))
        {
            return null;
        }
        var profile = new FifoProfile(frames.Count);
        for (var n = 0; n < frames.Count; n++)
        {
            var frame = values.Values.Slice(frames.Offset(n), frames.FrameLength);
            var words = profile.FrameWords(n);
            for (var at = 0; at < frame.Length; at += Bank)
            {
                var nonZeros = NonZeros(frame.Slice(at, Bank));
                profile.Banks[nonZeros]++;
                for (var j = Words(nonZeros) - 1; j >= 0; j--)
                {
                    words[j]++;
                }
            }
        }
        _profiles[(block, reader)] = profile;
        return null;
    }
}
