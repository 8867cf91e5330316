using Hypgcn.Hardware;

namespace Hypgcn.CoSimulation;

/// <summary>Compares everything that the cycle model predicts.</summary>
internal static class CycleComparer
{
    /// <summary>Differences that are kept with their names.</summary>
    internal const int KeptDifferences = 20;

    /// <summary>All counts that differ.</summary>
    internal static IReadOnlyList<CycleDifference> Compare(
        CoSimulationDesign design, CoSimulationJob job, SimulatedOutput output, long cycles)
    {
        CyclePrediction prediction = job.Prediction;
        var all = new List<CycleDifference> { new("total", prediction.TotalCycles, cycles) };
        for (int clip = 0; clip < job.Clips.Count; clip++)
        {
            string name = $"clip {job.FirstClip + clip}";
            (long First, long Last)? input = clip < output.Inputs.Length ? output.Inputs[clip] : null;
            all.Add(new($"{name} first input", prediction.FirstInput[clip], input?.First));
            all.Add(new($"{name} last input", prediction.LastInput[clip], input?.Last));
            all.Add(new($"{name} first output", prediction.FirstOutput[clip], OutputCycle(output, clip * design.Classes)));
            all.Add(new($"{name} last output", prediction.LastOutput[clip], OutputCycle(output, ((clip + 1) * design.Classes) - 1)));
        }

        for (int stage = 0; design.HasStageCounters && stage < design.Stages.Count; stage++)
        {
            StageCycles counts = prediction.Stages[stage];
            all.Add(new($"{design.Stages[stage]} busy", counts.Busy, Counter(output, 2 * stage)));
            all.Add(new($"{design.Stages[stage]} blocked", counts.Blocked, Counter(output, (2 * stage) + 1)));
        }

        return [.. all.Where(count => count.Predicted != count.Simulated)];
    }

    /// <summary>A prediction that does not fit the design is a bug of the caller.</summary>
    internal static void CheckShape(CoSimulationDesign design, CoSimulationJob job)
    {
        CyclePrediction prediction = job.Prediction;
        int clips = job.Clips.Count;
        if (clips == 0 || job.Traces.Count != clips || prediction.FirstInput.Length != clips || prediction.LastInput.Length != clips
            || prediction.FirstOutput.Length != clips || prediction.LastOutput.Length != clips
            || (job.Labels is not null && job.Labels.Count != clips) || job.Clips.Any(clip => clip.Length != job.Clips[0].Length))
        {
            throw new ArgumentException($"the parts of the job are not all for {clips} clips of one length", nameof(job));
        }

        if (!prediction.Stages.Select(stage => stage.Name).SequenceEqual(design.Stages, StringComparer.Ordinal))
        {
            throw new ArgumentException("the prediction has other stages than the design", nameof(job));
        }

        if (job.Traces.Any(trace => trace.DroppedWords.Count != 0 && trace.DroppedWords.Count != design.Fifos.Count))
        {
            throw new ArgumentException("a trace has other FIFOs than the design", nameof(job));
        }
    }

    private static long? OutputCycle(SimulatedOutput output, int index) =>
        index < output.Logits.Length ? output.Logits[index].Cycle : null;

    // After a hang there are no counters.
    private static long? Counter(SimulatedOutput output, int index) =>
        index < output.Counters.Length ? output.Counters[index] : null;
}
