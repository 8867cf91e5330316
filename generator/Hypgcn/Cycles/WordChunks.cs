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
        _at = _advance - 1;
    }

    /// <summary>The word is used up with this chunk.</summary>
    public bool EndsWord(bool rowLast) => rowLast || _at + _advance >= _positions;

    /// <summary>The chunk is taken.</summary>
    public void Take(bool rowLast)
    {
        var next = _at + _advance;
        _at = rowLast ? _advance - 1 : next >= _positions ? next - _positions : next;
    }
}
