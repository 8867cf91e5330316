namespace Hypgcn.Hardware;

/// <summary>
/// Finds an order of channels whose loads are even over groups, when position p belongs to group p mod G, for several G at
/// once. Channels with the same loads are dealt one after another; then exchanges make it better until none does.
/// </summary>
internal sealed class ChannelSpread
{
    private readonly int[][] _loads; // [row][channel]
    private readonly int[] _groups;
    private readonly long[][][] _sums; // [index of G][row][group]
    private readonly int _channels;

    /// <param name="loads">[row, channel], 0 or more; each row is to be even.</param>
    /// <param name="groups">Every G.</param>
    public ChannelSpread(int[][] loads, int[] groups)
    {
        _channels = loads[0].Length;
        // Where all channels are equal no order is better than another.
        _loads = [.. loads.Where(row => row.AsSpan().ContainsAnyExcept(row[0]))];
        _groups = groups;
        _sums = [.. groups.Select(count => _loads.Select(_ => new long[count]).ToArray())];
    }

    /// <summary>The channel at each position, or null if none of the orders tried is better than the given one.</summary>
    public int[]? Order()
    {
        int[] given = [.. Enumerable.Range(0, _channels)];
        if (_loads.Length == 0)
        {
            return null;
        }
        var before = Waste(given);
        int[] order = [.. given.OrderByDescending(channel => _loads.Sum(row => row[channel])).ThenBy(Signature, StringComparer.Ordinal)];
        Improve(order);
        return Waste(order) < before ? order : null;
    }

    private string Signature(int channel) => string.Concat(_loads.Select(row => (char)row[channel]));

    // A pass takes as long as its fullest group: all G groups pay for it.
    private long Waste(int[] order)
    {
        Sum(order);
        return _sums.Sum(rows => rows.Sum(sums => sums.Length * sums.Max()));
    }

    private void Sum(int[] order)
    {
        for (var n = 0; n < _groups.Length; n++)
        {
            for (var row = 0; row < _loads.Length; row++)
            {
                Array.Clear(_sums[n][row]);
                for (var p = 0; p < order.Length; p++)
                {
                    _sums[n][row][p % _groups[n]] += _loads[row][order[p]];
                }
            }
        }
    }

    // The sum of squares falls with every exchange, so this ends.
    private void Improve(int[] order)
    {
        Sum(order);
        for (var isBetter = true; isBetter;)
        {
            isBetter = false;
            for (var p = 0; p < order.Length; p++)
            {
                for (var q = p + 1; q < order.Length; q++)
                {
                    if (Gain(order, p, q) > 0)
                    {
                        Exchange(order, p, q);
                        isBetter = true;
                    }
                }
            }
        }
    }

    /// <summary>By how much an exchange lowers the sum of G times the squares of all groups' loads, halved.</summary>
    private long Gain(int[] order, int p, int q)
    {
        long gain = 0;
        for (var row = 0; row < _loads.Length; row++)
        {
            long difference = _loads[row][order[q]] - _loads[row][order[p]];
            for (var n = 0; difference != 0 && n < _groups.Length; n++)
            {
                var count = _groups[n];
                var (a, b) = (p % count, q % count);
                if (a != b)
                {
                    gain -= count * difference * (_sums[n][row][a] - _sums[n][row][b] + difference);
                }
            }
        }
        return gain;
    }

    private void Exchange(int[] order, int p, int q)
    {
        for (var row = 0; row < _loads.Length; row++)
        {
            var difference = _loads[row][order[q]] - _loads[row][order[p]];
            for (var n = 0; n < _groups.Length; n++)
            {
                _sums[n][row][p % _groups[n]] += difference;
                _sums[n][row][q % _groups[n]] -= difference;
            }
        }
        (order[p], order[q]) = (order[q], order[p]);
    }
}
