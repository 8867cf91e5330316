namespace Hypgcn.CoSimulation;

/// <summary>How far a running simulation is.</summary>
/// <param name="ClipsDone">Clips whose logits are all out.</param>
/// <param name="Cycles">Simulated cycles.</param>
public sealed record SimulationProgress(long ClipsDone, long Cycles);
