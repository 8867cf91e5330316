namespace Hypgcn.CoSimulation;

/// <summary>Compares the counters of dropped words with the golden model.</summary>
internal static class DropComparer
{
    /// <summary>All FIFOs that differ; after a hang all.</summary>
    internal static IReadOnlyList<CycleDifference> Compare(CoSimulationDesign design, CoSimulationJob job, SimulatedOutput output)
    {
        int first = 2 * design.Stages.Count;
        return
        [
            .. design.Fifos.Select((name, fifo) => new CycleDifference(
                    $"{name} dropped words",
                    job.Traces.Sum(trace => trace.DroppedWords.Count == 0 ? 0 : trace.DroppedWords[fifo]),
                    first + fifo < output.Counters.Length ? output.Counters[first + fifo] : null))
                .Where(count => count.Predicted != count.Simulated),
        ];
    }
}
