using Hypgcn.Quantization;

namespace Hypgcn.Reference;

/// <summary>Collects the pairs of a tile and cuts them into segments that cannot overflow 32 bits.</summary>
internal sealed class PackedTileBuilder(int firstOutput, int groups, SumRange feature)
{
    private readonly List<int> _offsets = [];
    private readonly List<int> _segmentEnds = [];
    private readonly List<short> _weights = [];
    private readonly SumRange[] _sums = new SumRange[groups * PackedProduct.GroupOutputs];

    /// <param name="offset">Where the pair's first input lies.</param>
    /// <param name="pair">[output][2].</param>
    public void Add(int offset, short[] pair)
    {
        if (pair.AsSpan().IndexOfAnyExcept((short)0) < 0)
        {
            return;
        }
        if (TryAppend(offset, pair))
        {
            return;
        }
        _segmentEnds.Add(_offsets.Count);
        Array.Clear(_sums);
        if (!TryAppend(offset, pair))
        {
            // Two products of full-scale factors are 2^31; each alone is 2^30 and fits.
            Add(offset, Half(pair, 0));
            Add(offset, Half(pair, 1));
        }
    }

    public PackedTile Build()
    {
        _segmentEnds.Add(_offsets.Count);
        return new PackedTile(
            firstOutput, groups, new PinnedArray<int>([.. _offsets]), new PinnedArray<int>([.. _segmentEnds]),
            new PinnedArray<short>([.. _weights]));
    }

    private bool TryAppend(int offset, short[] pair)
    {
        var next = new SumRange[_sums.Length];
        for (var o = 0; o < next.Length; o++)
        {
            next[o] = _sums[o] + SumRange.Product(pair[2 * o], feature) + SumRange.Product(pair[2 * o + 1], feature);
            if (next[o].Min < int.MinValue || next[o].Max > int.MaxValue)
            {
                return false;
            }
        }
        next.CopyTo(_sums, 0);
        _offsets.Add(offset);
        _weights.AddRange(pair);
        return true;
    }

    private static short[] Half(short[] pair, int keep) => [.. pair.Select((w, n) => n % 2 == keep ? w : (short)0)];
}
