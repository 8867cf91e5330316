using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>One way to build a unit.</summary>
/// <param name="Lanes">Its lanes, as <c>generate</c> prints them: <c>13 x 19</c>.</param>
/// <param name="Cycles">Cycles that it is busy with a clip on average.</param>
/// <param name="Cost">What it takes.</param>
public sealed record TunedOption(string Lanes, long Cycles, Resources Cost);
