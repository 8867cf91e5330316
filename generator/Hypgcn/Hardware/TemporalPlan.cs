using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Hardware;

/// <summary>
/// Which (output channel, tap) pair each temporal lane holds in each pass. A pair without any weight (a dropped filter or
/// tap) has no lane, and a channel without any pair no entry in the ring. Channel c belongs to group c mod G. Which taps have an
/// output frame depends on a row's phase, frame mod stride, so there is a list per phase.
/// </summary>
public sealed class TemporalPlan
{
    private readonly TemporalPair[][][] _pairs; // [phase][group][n]
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
        _pairs = new TemporalPair[Stride][][];
        for (var phase = 0; phase < Stride; phase++)
        {
            var taps = Enumerable.Range(0, Kernel).Where(tap => (phase + pad - tap + (Stride * Kernel)) % Stride == 0).ToArray();
            _pairs[phase] = [.. Enumerable.Range(0, Groups).Select(group => Pairs(block, group, taps))];
        }
        _entries = Entries(banks * 16);
        RingChannels = Math.Max(1, _entries.Max(entry => entry + 1) ?? 0);
        Passes = [.. Enumerable.Range(0, Stride).Select(phase => BlockDesign.Divide(Pairs(phase), Columns))];
        Bases = Cumulate(banks * 16);
        ScheduleBases = Cumulate(Columns);
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

    /// <summary>Passes of a row, per phase.</summary>
    public int[] Passes { get; }

    /// <summary>First weight word, per phase; one more entry: the total.</summary>
    public int[] Bases { get; }

    /// <summary>First schedule word, per phase; one more entry: the total.</summary>
    public int[] ScheduleBases { get; }

    /// <summary>Output frames open at once.</summary>
    public int Slots => BlockDesign.Divide(Kernel, Stride);

    /// <summary>Length of the longest group's list of pairs, at least 1.</summary>
    public int Pairs(int phase) => Math.Max(1, _pairs[phase].Max(list => list.Length));

    /// <summary>Filters with a weight at a tap.</summary>
    public int Filters(int tap)
    {
        // Every tap belongs to one phase.
        return _pairs.Sum(groups => groups.Sum(pairs => pairs.Count(pair => pair.Tap == tap)));
    }

    /// <summary>The pair of a lane in a pass, or null if the lane is idle.</summary>
    public TemporalPair? Pair(int phase, int pass, int column, int group)
    {
        var list = _pairs[phase][group];
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
        return Enumerable.Range(0, outputs).Any(i => block.Temporal[(((pair.Channel * outputs) + i) * kernel) + pair.Tap] != 0);
    }

    private int[] Cumulate(int passSize)
    {
        var sums = new int[Stride + 1];
        for (var phase = 0; phase < Stride; phase++)
        {
            sums[phase + 1] = sums[phase] + (Passes[phase] * passSize);
        }
        return sums;
    }
}
