using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Hardware;

/// <summary>
/// Which (output channel, tap) pair each temporal lane holds in each pass. A pair without any weight (a dropped filter or
/// tap) has no lane, and a channel without any pair no entry in the ring. Channel c belongs to group c mod G. Row types:
/// 0..stride-1 for z rows by frame mod stride (only taps whose output frame exists), stride for rows of the residual
/// convolution.
/// </summary>
public sealed class TemporalPlan
{
    private readonly TemporalPair[][][] _pairs; // [type][group][n]
    private readonly int?[] _entries; // [channel]

    internal TemporalPlan(QuantizedBlock block, BlockParameters parameters)
    {
        Columns = parameters.TemporalColumns;
        Groups = parameters.TemporalGroups;
        var banks = (block.OutputChannels + 15) / 16;
        GroupChannels = banks * 16 / Groups;
        Kernel = block.Kernel;
        Stride = block.Stride;
        var pad = (Kernel - 1) / 2;
        var types = Stride + 1;
        _pairs = new TemporalPair[types][][];
        for (var type = 0; type < types; type++)
        {
            var taps = type == Stride
                ? block.Residual == ResidualKind.Convolution ? [Kernel] : []
                : Enumerable.Range(0, Kernel).Where(tap => (type + pad - tap + (Stride * Kernel)) % Stride == 0).ToArray();
            _pairs[type] = [.. Enumerable.Range(0, Groups).Select(group => Pairs(block, group, taps))];
        }
        _entries = Entries(banks * 16);
        RingChannels = Math.Max(1, _entries.Max(entry => entry + 1) ?? 0);
        Passes = [.. _pairs.Select(groups => Math.Max(1, BlockDesign.Divide(groups.Max(list => list.Length), Columns)))];
        if (block.Residual != ResidualKind.Convolution)
        {
            Passes[Stride] = 0;
        }
        Lengths = [.. Enumerable.Repeat(banks * 16, Stride), (block.InputChannels + 15) / 16 * 16];
        Bases = Cumulate(type => Passes[type] * Lengths[type]);
        ScheduleBases = Cumulate(type => Passes[type] * Columns);
    }

    /// <summary>Lanes of a group.</summary>
    public int Columns { get; }

    /// <summary>Groups (ring banks).</summary>
    public int Groups { get; }

    /// <summary>Channels of a group, padded.</summary>
    public int GroupChannels { get; }

    /// <summary>Ring entries of a group for one output row: the most channels with a filter that a group has, at least 1.</summary>
    public int RingChannels { get; }

    /// <summary>Taps.</summary>
    public int Kernel { get; }

    /// <summary>Temporal stride.</summary>
    public int Stride { get; }

    /// <summary>Passes of a row, per type.</summary>
    public int[] Passes { get; }

    /// <summary>Weight words of a pass, per type.</summary>
    public int[] Lengths { get; }

    /// <summary>First weight word, per type; one more entry: the total.</summary>
    public int[] Bases { get; }

    /// <summary>First schedule word, per type; one more entry: the total.</summary>
    public int[] ScheduleBases { get; }

    /// <summary>
    /// Output frames open at once; one more where the stride does not divide Kernel - 1, so that a slot is first used again
    /// in a frame that closes one. Only such frames wait for rows that are still to be drained.
    /// </summary>
    public int Slots => BlockDesign.Divide(Kernel - 1, Stride) + 1;

    /// <summary>Filters with a weight at a tap; tap Kernel counts those of the residual convolution.</summary>
    public int Filters(int tap)
    {
        // Every tap belongs to one type of rows.
        return _pairs.Sum(groups => groups.Sum(pairs => pairs.Count(pair => pair.Tap == tap)));
    }

    /// <summary>The pair of a lane in a pass, or null if the lane is idle.</summary>
    public TemporalPair? Pair(int type, int pass, int column, int group)
    {
        var list = _pairs[type][group];
        var n = (pass * Columns) + column;
        return n < list.Length ? list[n] : null;
    }

    /// <summary>
    /// Place of a (padded) channel in its group's part of the ring, or null if it has no filter: then its sum is its start value.
    /// </summary>
    public int? RingEntry(int channel) => _entries[channel];

    private int?[] Entries(int channels)
    {
        var entries = new int?[channels];
        var used = new int[Groups];
        foreach (var channel in _pairs.SelectMany(groups => groups).SelectMany(pairs => pairs).Select(pair => pair.Channel).Distinct().Order())
        {
            entries[channel] = used[channel % Groups]++;
        }
        return entries;
    }

    private TemporalPair[] Pairs(QuantizedBlock block, int group, int[] taps) =>
    [
        .. Enumerable.Range(0, GroupChannels)
            .Select(index => (index * Groups) + group)
            .Where(channel => channel < block.OutputChannels)
            .SelectMany(channel => taps.Select(tap => new TemporalPair(channel, tap)))
            .Where(pair => HasWeight(block, pair)),
    ];

    private static bool HasWeight(QuantizedBlock block, TemporalPair pair)
    {
        var (outputs, kernel) = (block.OutputChannels, block.Kernel);
        if (pair.Tap == kernel)
        {
            return Enumerable.Range(0, block.InputChannels).Any(i => block.ResidualWeight![(i * outputs) + pair.Channel] != 0);
        }
        return Enumerable.Range(0, outputs).Any(i => block.Temporal[(((pair.Channel * outputs) + i) * kernel) + pair.Tap] != 0);
    }

    private int[] Cumulate(Func<int, int> size)
    {
        var sums = new int[Stride + 2];
        for (var type = 0; type <= Stride; type++)
        {
            sums[type + 1] = sums[type] + size(type);
        }
        return sums;
    }
}
