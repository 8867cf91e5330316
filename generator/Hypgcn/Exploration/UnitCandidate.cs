using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>One way to build a unit of a block, with all that it takes.</summary>
/// <param name="Cycles">Cycles that it is busy with a clip, the mean of those measured.</param>
/// <param name="Cost">What it takes on the device.</param>
/// <param name="Parameters">Those of the block; only the unit's own count.</param>
internal sealed record UnitCandidate(long Cycles, Resources Cost, BlockParameters Parameters);
