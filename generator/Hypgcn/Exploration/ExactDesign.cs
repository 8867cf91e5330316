using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>A candidate after the cycle model has run it.</summary>
/// <param name="Design">The design.</param>
/// <param name="Choices">What it was made of.</param>
/// <param name="Cost">What it takes.</param>
/// <param name="BoundCycles">Its slowest unit.</param>
/// <param name="IntervalCycles">Between clips, the mean.</param>
/// <param name="ClipIntervals">Of each clip, from the result of the clip before it to its own.</param>
internal sealed record ExactDesign(
    AcceleratorDesign Design, PartChoice[] Choices, Resources Cost, long BoundCycles, long IntervalCycles, IReadOnlyList<long> ClipIntervals);
