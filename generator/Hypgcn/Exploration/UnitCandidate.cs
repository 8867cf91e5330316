using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>One way to build a unit of a block, with all that it takes.</summary>
/// <param name="Cycles">Cycles that it is busy with a clip, the mean of those measured.</param>
/// <param name="Cost">What it takes on the device.</param>
/// <param name="Parameters">Those of the block; only the unit's own lanes count.</param>
internal sealed record UnitCandidate(long Cycles, Resources Cost, BlockParameters Parameters)
{
    /// <summary>The same way with memories mapped by each of <see cref="MemoryLimits.Words"/>.</summary>
    /// <param name="cycles">Cycles with a clip.</param>
    /// <param name="costs">By limit.</param>
    /// <param name="more">What it takes beside.</param>
    /// <param name="parameters">Those of the block.</param>
    public static UnitCandidate[] Mapped(long cycles, Resources[] costs, Resources more, BlockParameters parameters) =>
        Array.ConvertAll(costs, cost => new UnitCandidate(cycles, cost + more, parameters));
}
