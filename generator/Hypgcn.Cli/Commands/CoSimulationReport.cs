using Hypgcn.CoSimulation;

namespace Hypgcn.Cli.Commands;

/// <summary>What co-simulation found of one design.</summary>
/// <param name="Design">Its folder.</param>
/// <param name="Result">What was found.</param>
/// <param name="Rerun">The command that shows the first mismatch; null where there is none.</param>
/// <param name="Logits">What the hardware gave, real, [clip][class].</param>
internal sealed record CoSimulationReport(string Design, CoSimulationResult Result, string? Rerun, double[][] Logits);
