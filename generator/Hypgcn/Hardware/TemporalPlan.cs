using Hypgcn.Quantization;

namespace Hypgcn.Hardware;

/// <summary>
/// Which (output channel, tap) pair each temporal lane holds in each pass. A pair without any weight (a dropped filter or
/// tap) has no lane, and a channel without any pair no entry in the ring. Channel c belongs to group c mod G. Which taps have an
/// output frame depends on a row's phase, frame mod stride, so there is a list per phase; near the ends of a person more taps lack one,
/// and since lists are in the order of taps, such frames need only some of the passes.
/// </summary>
public sealed class TemporalPlan
{
    private readonly List<TemporalPair> _kept;
    private readonly TemporalPair[][][] _pairs; // [phase][group][n]
    private readonly int?[] _entries; // [channel]
    private readonly int[] _phasePasses;
    private readonly int _frames;
    private readonly int _pad;

    /// <param name="block">The block.</param>
    /// <param name="parameters">Its free parameters.</param>
    /// <param name="frames">Frames of a person.</param>
    /// <param name="like">Another plan for the same block and frames, if there is one: what does not differ is taken from it.</param>
    internal TemporalPlan(QuantizedBlock block, BlockParameters parameters, int frames, TemporalPlan? like = null)
    {
        Columns = parameters.TemporalColumns;
        Groups = parameters.TemporalGroups;
        var banks = (block.OutputChannels + 15) / 16;
        GroupChannels = banks * 16 / Groups;
        (Kernel, Stride, _frames) = (block.Kernel, block.Stride, frames);
        _pad = (Kernel - 1) / 2;
        _kept = like?._kept ?? KeptTaps(block);
        var kept = _kept;
        _pairs = like?.Groups == Groups ? like._pairs : [.. Enumerable.Range(0, Stride).Select(phase => Enumerable.Range(0, Groups).Select(group => Pairs(kept, group, phase)).ToArray())];
        _entries = like?.Groups == Groups ? like._entries : Entries(banks * 16);
        RingChannels = Math.Max(1, _entries.Max(entry => entry + 1) ?? 0);
        _phasePasses = [.. Enumerable.Range(0, Stride).Select(phase => BlockDesign.Divide(PairCount(phase), Columns))];
        EdgeStart = Math.Min(_pad, frames);
        EdgeEnd = Math.Min(_pad, frames - EdgeStart);
        Classes = [.. Enumerable.Range(0, EdgeStart + EdgeEnd + Stride).Select(number => Class(number, Columns))];
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

    /// <summary>First frames of a person that are classes of their own.</summary>
    public int EdgeStart { get; }

    /// <summary>Last frames of a person that are classes of their own.</summary>
    public int EdgeEnd { get; }

    /// <summary>The first frames, the last frames, then the others by phase.</summary>
    public IReadOnlyList<FrameClass> Classes { get; }

    /// <summary>Passes of the lists of all phases.</summary>
    public int TotalPasses => _phasePasses.Sum();

    /// <summary>Output frames open at once.</summary>
    public int Slots => BlockDesign.Divide(Kernel, Stride);

    /// <summary>Number of the class of a frame of a person.</summary>
    public int ClassOf(int frame) => frame < EdgeStart ? frame
        : frame >= _frames - EdgeEnd ? frame - (_frames - EdgeEnd) + EdgeStart
        : EdgeStart + EdgeEnd + (frame % Stride);

    /// <summary>Passes of a row of a frame of a person.</summary>
    public int Passes(int frame) => Classes[ClassOf(frame)].Passes;

    /// <summary>Where a class's first pass is in the lists of all phases.</summary>
    public int FirstPass(FrameClass frames) => FirstPass(frames.Phase) + frames.First;

    /// <summary>Where a phase's first pass is in the lists of all phases.</summary>
    public int FirstPass(int phase) => _phasePasses.Take(phase).Sum();

    /// <summary>Passes of a phase's whole list.</summary>
    public int PhasePasses(int phase) => _phasePasses[phase];

    /// <summary>Length of the longest group's list of pairs, at least 1.</summary>
    public int PairCount(int phase) => Math.Max(1, _pairs[phase].Max(list => list.Length));

    /// <summary>Filters with a weight at a tap.</summary>
    public int Filters(int tap)
    {
        // Every tap belongs to one phase.
        return _pairs.Sum(groups => groups.Sum(pairs => pairs.Count(pair => pair.Tap == tap)));
    }

    /// <summary>The pair of a lane in a pass of a phase's list, or null if the lane is idle.</summary>
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

    /// <summary>A class with other columns.</summary>
    internal FrameClass Class(int number, int columns)
    {
        var isEdge = number < EdgeStart + EdgeEnd;
        var frame = number < EdgeStart ? number : number - EdgeStart + _frames - EdgeEnd;
        var phase = isEdge ? frame % Stride : number - EdgeStart - EdgeEnd;
        var (first, end) = (int.MaxValue, 0);
        foreach (var list in _pairs[phase])
        {
            for (var n = 0; n < list.Length; n++)
            {
                if (!isEdge || HasOutput(frame, list[n].Tap))
                {
                    (first, end) = (Math.Min(first, n / columns), Math.Max(end, (n / columns) + 1));
                }
            }
        }
        return end == 0 ? new FrameClass(phase, 0, 1) : new FrameClass(phase, first, end - first);
    }

    private bool HasOutput(int frame, int tap)
    {
        var place = frame + _pad - tap;
        return place >= 0 && place <= (_frames - 1) / Stride * Stride;
    }

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

    private TemporalPair[] Pairs(List<TemporalPair> kept, int group, int phase) =>
        [.. kept.Where(pair => pair.Channel % Groups == group && (phase + _pad - pair.Tap + (Stride * Kernel)) % Stride == 0)];

    /// <summary>Pairs with a weight, by tap and channel.</summary>
    private static List<TemporalPair> KeptTaps(QuantizedBlock block)
    {
        var (outputs, kernel) = (block.OutputChannels, block.Kernel);
        var kept = new bool[outputs * kernel];
        for (var n = 0; n < block.Temporal.Length; n++)
        {
            kept[(n / (outputs * kernel) * kernel) + (n % kernel)] |= block.Temporal[n] != 0;
        }
        return [.. from tap in Enumerable.Range(0, kernel)
                   from channel in Enumerable.Range(0, outputs)
                   where kept[(channel * kernel) + tap]
                   select new TemporalPair(channel, tap)];
    }
}
