using Hypgcn.Hardware;

namespace Hypgcn.Estimation;

/// <summary>A module that was synthesised.</summary>
/// <param name="Module">Its name.</param>
/// <param name="Parameters">Parameters that are integers.</param>
/// <param name="Own">What it takes without its children.</param>
public sealed record ResourceSample(string Module, IReadOnlyDictionary<string, long> Parameters, Resources Own);
