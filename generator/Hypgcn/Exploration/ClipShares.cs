using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// How the cycles that a unit is busy with several clips count as one number: their mean or, where an interval is expected for each clip, those of the
/// clip in which the unit is slowest for its interval, as a part of the mean interval. Clips follow each other through FIFOs of a few frames, so
/// the interval of each is that of its own slowest unit.
/// </summary>
internal sealed class ClipShares
{
    private readonly double[]? _shares;
    private readonly int _clips;

    private ClipShares(int clips, double[]? shares) => (_clips, _shares) = (clips, shares);

    /// <summary>Whether each clip has an interval of its own.</summary>
    public bool IsEach => _shares is not null;

    /// <summary>Units count with their mean.</summary>
    public static ClipShares Mean(int clips) => new(clips, null);

    /// <summary>Each clip is expected to take a part of the time.</summary>
    /// <param name="intervals">Of the clips; only their ratios count.</param>
    public static ClipShares Of(IReadOnlyList<long> intervals) => new(intervals.Count, [.. intervals.Select(interval => interval / intervals.Average())]);

    /// <summary>The clips that are counted together: all, or each alone.</summary>
    public IReadOnlyList<IReadOnlyList<ClipActivity>> Groups(IReadOnlyList<ClipActivity> clips) => IsEach ? [.. clips.Select(clip => new[] { clip })] : [clips];

    /// <summary>The number for cycles of each group.</summary>
    public long Cycles(IEnumerable<long> groups) => _shares is null
        ? Work.Mean(groups.Sum(), _clips)
        : groups.Select((cycles, clip) => (long)Math.Ceiling(cycles / _shares[clip])).Max();

    /// <summary>The number for a unit that takes the same for every clip.</summary>
    public long Same(long cycles) => _shares is null ? cycles : (long)Math.Ceiling(cycles / _shares.Min());

    /// <summary>Engines of joints by their work in all clips; with an interval for each clip, joints then change places while that makes the slowest engine faster.</summary>
    /// <param name="work">Cycles, [group][joint].</param>
    /// <param name="engines">How many.</param>
    public JointEngines Engines(long[][] work, int engines)
    {
        var sum = Enumerable.Range(0, work[0].Length).Select(joint => work.Sum(group => group[joint])).ToArray();
        var start = JointEngines.Balanced(sum, engines);
        if (_shares is null)
        {
            return start;
        }
        int[] engineOf = [.. start.Engines];
        var loads = work.Select(_ => new double[engines]).ToArray();
        for (var clip = 0; clip < work.Length; clip++)
        {
            for (var joint = 0; joint < engineOf.Length; joint++)
            {
                loads[clip][engineOf[joint]] += work[clip][joint] / _shares[clip];
            }
        }
        double Slowest() => loads.Max(load => load.Max());
        void Swap(int one, int other)
        {
            for (var clip = 0; clip < work.Length; clip++)
            {
                var more = (work[clip][other] - work[clip][one]) / _shares[clip];
                loads[clip][engineOf[one]] += more;
                loads[clip][engineOf[other]] -= more;
            }
            (engineOf[one], engineOf[other]) = (engineOf[other], engineOf[one]);
        }
        for (var isBetter = true; isBetter;)
        {
            isBetter = false;
            foreach (var run in Enumerable.Range(0, engineOf.Length).Chunk(engines))
            {
                foreach (var (one, other) in run.SelectMany(one => run.Where(other => other > one).Select(other => (one, other))))
                {
                    var before = Slowest();
                    Swap(one, other);
                    // By half a cycle, so that it ends in spite of rounded sums.
                    if (Slowest() < before - 0.5)
                    {
                        isBetter = true;
                    }
                    else
                    {
                        Swap(one, other);
                    }
                }
            }
        }
        return new JointEngines(engineOf);
    }
}
