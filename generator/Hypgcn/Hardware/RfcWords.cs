namespace Hypgcn.Hardware;

/// <summary>Depths of the four mini-banks of an RFC FIFO in four-value words; slots 0-3 go to the first, 12-15 to the last.</summary>
public readonly record struct RfcWords(int First, int Second, int Third, int Fourth)
{
    /// <summary>Four equal ones.</summary>
    public static RfcWords All(int words) => new(words, words, words, words);

    /// <summary>In order.</summary>
    public int[] ToArray() => [First, Second, Third, Fourth];
}
