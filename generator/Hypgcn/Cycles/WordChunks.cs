using System.Numerics;

namespace Hypgcn.Cycles;

/// <summary>Flow of word_chunks.v: where the next chunk of a row begins.</summary>
internal sealed class WordChunks
{
    private readonly int _positions;
    private readonly int _advance;
    private int _at;

    /// <param name="lanes">Values of a word.</param>
    /// <param name="width">Values of a chunk, at most <paramref name="lanes"/>.</param>
    public WordChunks(int lanes, int width)
    {
        var step = (int)BigInteger.GreatestCommonDivisor(lanes, width);
        (_positions, _advance) = (lanes / step, width / step);
        Restart();
    }

    /// <summary>Every chunk is a word.</summary>
    public bool AreWords => _positions == _advance;

    /// <summary>Chunks until the word is used up, if the row does not end before.</summary>
    public int Left { get; private set; }

    /// <summary>Chunks are taken, up to the end of the word.</summary>
    public void Take(int chunks)
    {
        _at += chunks * _advance;
        Left -= chunks;
        if (Left == 0)
        {
            _at -= _positions;
            Left = ToEnd();
        }
    }

    /// <summary>A row begins.</summary>
    public void Restart()
    {
        _at = _advance - 1;
        Left = ToEnd();
    }

    // The word is used up with the chunk that comes to its last position or goes beyond it.
    private int ToEnd() => (_positions - _at + _advance - 1) / _advance;
}
