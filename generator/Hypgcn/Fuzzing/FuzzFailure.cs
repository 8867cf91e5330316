namespace Hypgcn.Fuzzing;

/// <summary>What is wrong with a design.</summary>
/// <param name="Kind">What failed.</param>
/// <param name="Message">The first difference, or what was said.</param>
public sealed record FuzzFailure(FuzzFailureKind Kind, string Message);
