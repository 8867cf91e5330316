namespace Hypgcn.CoSimulation;

/// <summary>Cycles of a run.</summary>
/// <param name="Predicted">Total cycles, by the cycle model.</param>
/// <param name="Simulated">Total cycles, by Verilator.</param>
/// <param name="Difference">
/// Sum of the distances of everything that is compared: total, first and last input and output of every clip, busy and
/// blocked of every stage. 0 is exact.
/// </param>
public sealed record CycleCounts(long Predicted, long Simulated, long Difference);
