using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>One way to build a unit of a block, with all that it takes.</summary>
/// <param name="Cycles">Cycles that it is busy with a clip, the mean of those measured.</param>
/// <param name="Cost">What it takes on the device.</param>
/// <param name="Parameters">Those of the block; only the unit's own count.</param>
internal readonly record struct UnitCandidate(long Cycles, Resources Cost, BlockParameters Parameters)
{
    /// <summary>Those that no other beats in cycles and every resource; the fastest first.</summary>
    public static UnitCandidate[] Front(IEnumerable<UnitCandidate> candidates)
    {
        var kept = new List<UnitCandidate>();
        foreach (var candidate in candidates.OrderBy(candidate => candidate.Cycles).ThenBy(candidate => candidate.Cost.Dsp)
            .ThenBy(candidate => candidate.Cost.Bram18).ThenBy(candidate => candidate.Cost.Lut))
        {
            if (!kept.Exists(other => Costs.IsAtMost(other.Cost, candidate.Cost)))
            {
                kept.Add(candidate);
            }
        }
        return [.. kept];
    }

    /// <summary>Those of a front that meet an interval and that no other of these beats.</summary>
    public static IReadOnlyList<(Resources Cost, UnitCandidate Item)> Within(UnitCandidate[] front, long interval)
    {
        var kept = new CostFront<UnitCandidate>();
        foreach (var candidate in front)
        {
            if (candidate.Cycles > interval)
            {
                break;
            }
            kept.Add(candidate.Cost, candidate);
        }
        return kept.Items;
    }
}
