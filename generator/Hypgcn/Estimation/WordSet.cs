namespace Hypgcn.Estimation;

/// <summary>Counts different sequences of words, all of one length: a table of twice the size at least, since there are thousands of sets.</summary>
/// <param name="most">Most sequences that will be added, 1 or more.</param>
internal sealed class WordSet(int most)
{
    private readonly int[] _places = new int[2 * (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)most)];
    private ulong[] _words = [];

    /// <summary>Different ones that were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(ReadOnlySpan<ulong> words)
    {
        if (_words.Length == 0)
        {
            _words = new ulong[most * words.Length];
        }
        var hash = 0UL;
        foreach (var word in words)
        {
            hash = unchecked(((hash ^ word) * 0x9E3779B97F4A7C15) ^ (hash >> 29));
        }
        var at = (int)((hash >> 32) & (uint)(_places.Length - 1));
        for (; _places[at] != 0; at = (at + 1) & (_places.Length - 1))
        {
            if (_words.AsSpan((_places[at] - 1) * words.Length, words.Length).SequenceEqual(words))
            {
                return false;
            }
        }
        words.CopyTo(_words.AsSpan(Count * words.Length));
        _places[at] = ++Count;
        return true;
    }
}
