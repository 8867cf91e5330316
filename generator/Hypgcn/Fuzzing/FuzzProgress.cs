namespace Hypgcn.Fuzzing;

/// <summary>How far a run is.</summary>
/// <param name="Done">Designs that are checked.</param>
/// <param name="Failed">Of these, those that fail.</param>
/// <param name="Detail">What is being done.</param>
public sealed record FuzzProgress(int Done, int Failed, string Detail);
