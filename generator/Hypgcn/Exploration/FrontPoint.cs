using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>A design that no other beats in DSP, block RAM, LUTs and interval by its slowest unit.</summary>
/// <param name="Cost">What it takes.</param>
/// <param name="BoundCycles">Cycles of its slowest unit for a clip.</param>
public sealed record FrontPoint(Resources Cost, long BoundCycles);
