namespace Hypgcn.Cli;

/// <summary>How far a piece of work is.</summary>
/// <param name="Fraction">0 ... 1, or null where that is unknown.</param>
/// <param name="Detail">What is being done: <c>block 3 of 10</c>.</param>
public sealed record StepProgress(double? Fraction, string Detail);
