namespace Hypgcn.Estimation;

/// <summary>Counts different sequences of words, all of one length. Made once and filled thousands of times.</summary>
internal sealed class WordSet
{
    private int[] _places = new int[16]; // a power of two, and twice the sequences at least
    private ulong[] _words = [];

    /// <summary>Different ones that were added.</summary>
    public int Count { get; private set; }

    /// <summary>Empties it.</summary>
    /// <param name="most">Most sequences that will be added, 1 or more.</param>
    public void Clear(int most)
    {
        var places = 2 * (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)most);
        if (places > _places.Length)
        {
            _places = new int[places];
        }
        else if (Count > 0)
        {
            Array.Clear(_places);
        }
        Count = 0;
    }

    /// <summary>Adds one.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(ReadOnlySpan<ulong> words)
    {
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
        var end = (Count + 1) * words.Length;
        if (end > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(end, 2 * _words.Length));
        }
        words.CopyTo(_words.AsSpan(Count * words.Length));
        _places[at] = ++Count;
        return true;
    }
}
