using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>A candidate after the cycle model has run it.</summary>
internal sealed record ExactDesign(
    AcceleratorDesign Design, PartChoice[] Choices, Resources Cost, long BoundCycles, long IntervalCycles, (string Stage, long Cycles) Slowest);
