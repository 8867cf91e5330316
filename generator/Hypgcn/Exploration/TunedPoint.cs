namespace Hypgcn.Exploration;

/// <summary>Choices of all parts.</summary>
/// <param name="Choices">Of each part.</param>
/// <param name="IntervalCycles">What they were to meet.</param>
/// <param name="ProvenCycles">No choices within the limits have a shorter interval.</param>
/// <param name="Prices">What the limits cost, in shares of each: what binds has a price.</param>
internal sealed record TunedPoint(PartChoice[] Choices, long IntervalCycles, long ProvenCycles, double[] Prices);
