using System.Collections;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Ways to build a unit that no other beats in cycles and every resource; the fastest first. Safe for many threads.</summary>
internal sealed class UnitFront : IReadOnlyList<UnitCandidate>
{
    private readonly UnitCandidate[] _candidates;
    private readonly long[] _cycles;
    private readonly UnitChoices?[] _within; // by how many are fast enough

    /// <param name="candidates">All ways.</param>
    public UnitFront(IEnumerable<UnitCandidate> candidates)
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
        _candidates = [.. kept];
        _cycles = [.. kept.Select(candidate => candidate.Cycles)];
        _within = new UnitChoices?[_candidates.Length + 1];
    }

    /// <summary>The same ways with memories mapped by each of <see cref="MemoryLimits.Words"/>.</summary>
    /// <param name="mapped">Of each way: by limit.</param>
    public static UnitFront[] Of(IEnumerable<UnitCandidate[]> mapped)
    {
        var all = mapped.ToList();
        return [.. Enumerable.Range(0, MemoryLimits.Words.Length).Select(limit => new UnitFront(all.Select(candidates => candidates[limit])))];
    }

    /// <inheritdoc/>
    public int Count => _candidates.Length;

    /// <inheritdoc/>
    public UnitCandidate this[int index] => _candidates[index];

    /// <summary>Those that meet an interval and that no other of these beats.</summary>
    public UnitChoices Within(long interval)
    {
        var (count, high) = (0, _cycles.Length);
        while (count < high)
        {
            var middle = (count + high) / 2;
            (count, high) = _cycles[middle] <= interval ? (middle + 1, high) : (count, middle);
        }
        return _within[count] ??= Choices(count);
    }

    /// <inheritdoc/>
    public IEnumerator<UnitCandidate> GetEnumerator() => _candidates.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private UnitChoices Choices(int count)
    {
        var front = new CostFront<UnitCandidate>();
        foreach (var candidate in _candidates.AsSpan(0, count))
        {
            front.Add(candidate.Cost, candidate);
        }
        return new UnitChoices([.. front.Items.Select(item => item.Item)], Costs.Least(front.Items.Select(item => item.Cost)));
    }
}
