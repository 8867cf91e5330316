namespace Hypgcn.Reference;

/// <summary>How much of its stream one RFC FIFO keeps; a pure function of the stream from reset on.</summary>
/// <remarks>
/// A bank of n non-zeros needs ceil(n / 4) words, word j in mini-bank j. Over any <paramref name="WindowFrames"/> frames in a row
/// mini-bank j takes at most Words[j]; the first word of a bank that finds no room ends the bank: its values and all later ones
/// of the bank are zero for the reader. Frames are counted over persons and clips without a break.
/// </remarks>
/// <param name="WindowFrames">Frames of the window, 2 or more.</param>
/// <param name="Words">Words per window of each of the four mini-banks, 1 or more; <see cref="Unlimited"/> never drops.</param>
public sealed record RfcRule(int WindowFrames, IReadOnlyList<int> Words)
{
    /// <summary>Mini-banks of a FIFO.</summary>
    public const int MiniBanks = 4;

    /// <summary>Values of a word.</summary>
    public const int WordValues = 4;

    /// <summary>A mini-bank as deep as its FIFO.</summary>
    public const int Unlimited = int.MaxValue;
}
