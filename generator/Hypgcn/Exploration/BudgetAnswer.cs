namespace Hypgcn.Exploration;

/// <summary>Whether choices of all parts fit limits.</summary>
/// <param name="Choices">Choices that fit, one for each part; null where none was found.</param>
/// <param name="IsProven">Whether there are none where none was found.</param>
/// <param name="Prices">
/// Of each resource, in shares of its limit: at these prices even the cheapest choices cost more than the limits, or nearly so.
/// </param>
internal sealed record BudgetAnswer(PartChoice[]? Choices, bool IsProven, double[] Prices);
