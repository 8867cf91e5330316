using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Ways to build a unit that meet an interval.</summary>
/// <param name="Candidates">No other beats them; perhaps none.</param>
/// <param name="Least">The least that they take of each resource.</param>
internal sealed record UnitChoices(UnitCandidate[] Candidates, Resources Least);
