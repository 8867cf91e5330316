namespace Hypgcn.CoSimulation;

/// <summary>A number of cycles that the cycle model predicts differently.</summary>
/// <param name="Name">What was counted: <c>clip 3 last output</c>, <c>block2.temporal busy</c>.</param>
/// <param name="Predicted">By the cycle model.</param>
/// <param name="Simulated">By Verilator; null where it never happened.</param>
public sealed record CycleDifference(string Name, long Predicted, long? Simulated)
{
    /// <summary>How far apart they are; what never happened counts with its predicted cycle, and at least with 1.</summary>
    public long Distance => Simulated is long simulated ? Math.Abs(Predicted - simulated) : Math.Max(1, Predicted);
}
