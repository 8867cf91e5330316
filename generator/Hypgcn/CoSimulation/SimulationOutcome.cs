namespace Hypgcn.CoSimulation;

/// <summary>What a run left behind.</summary>
/// <param name="Folder">The raw result files; cosim/recorder.h says what is in them.</param>
/// <param name="Cycles">Cycles up to the last logit, or up to the end of a run that hung.</param>
/// <param name="Seconds">Wall time of the simulated cycles.</param>
/// <param name="Hang">Report of a run that hung, else null.</param>
internal sealed record SimulationOutcome(string Folder, long Cycles, double Seconds, string? Hang);
