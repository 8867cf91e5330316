using Hypgcn.Reference;

namespace Hypgcn.Hardware;

/// <summary>Depths of one RFC FIFO.</summary>
/// <param name="Depth">Banks (hot codes).</param>
/// <param name="FrameBanks">Banks of one frame, the unit of the drop rule's window.</param>
/// <param name="Words">Four-value words of the four mini-banks; Depth + 1 is lossless.</param>
public sealed record RfcFifoDesign(int Depth, int FrameBanks, RfcWords Words)
{
    /// <summary>Frames of the drop rule's window: any Depth + 1 banks in a row lie within so many frames.</summary>
    public int Window => ((Depth + FrameBanks - 1) / FrameBanks) + 1;

    /// <summary>Whether it can never drop a word.</summary>
    public bool IsLossless => Rule is null;

    /// <summary>The depths as a rule on the data; null drops nothing.</summary>
    public RfcRule? Rule
    {
        get
        {
            int[] words = [.. Words.ToArray().Select(count => count > Depth ? RfcRule.Unlimited : count)];
            return words.All(count => count == RfcRule.Unlimited) ? null : new RfcRule(Window, words);
        }
    }

    /// <summary>A FIFO of whole frames.</summary>
    /// <param name="frames">Frames that it holds.</param>
    /// <param name="frameBanks">Banks of a frame.</param>
    /// <param name="words">Depths of the mini-banks; null is lossless.</param>
    public static RfcFifoDesign Of(int frames, int frameBanks, RfcWords? words) =>
        new(frames * frameBanks, frameBanks, words ?? RfcWords.All((frames * frameBanks) + 1));

    /// <summary>Bits of the same FIFO without compression.</summary>
    /// <param name="bits">Width of a value.</param>
    public long PlainBits(int bits) => 16L * bits * Depth;

    /// <summary>Bits of hot codes and mini-banks.</summary>
    /// <param name="bits">Width of a value.</param>
    public long StoredBits(int bits) => (16L * Depth) + (4L * bits * Words.ToArray().Sum(count => (long)count));

    /// <summary>The same FIFO with other mini-banks.</summary>
    public RfcFifoDesign With(RfcWords? words) => this with { Words = words ?? RfcWords.All(Depth + 1) };
}
