namespace Hypgcn.Reference;

/// <summary>What one clip asks of one FIFO.</summary>
internal sealed class FifoProfile(int frames)
{
    private readonly int[] _words = new int[frames * RfcRule.MiniBanks];

    public int Frames => frames;

    /// <summary>Banks with 0 to 16 non-zeros.</summary>
    public long[] Banks { get; } = new long[17];

    /// <summary>Words that a frame needs in each mini-bank.</summary>
    public Span<int> FrameWords(int frame) => _words.AsSpan(frame * RfcRule.MiniBanks, RfcRule.MiniBanks);
}
