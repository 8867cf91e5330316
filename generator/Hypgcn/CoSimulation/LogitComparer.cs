namespace Hypgcn.CoSimulation;

/// <summary>Compares all logits and the marks at the ends of clips.</summary>
internal static class LogitComparer
{
    private const string Output = "logits";
    private const int LogitBits = 64;

    internal static MismatchList Compare(CoSimulationDesign design, CoSimulationJob job, SimulatedOutput output)
    {
        var mismatches = new MismatchList();
        int total = job.Clips.Count * design.Classes;
        for (int index = 0; index < total; index++)
        {
            Compare(design, job, output, index, mismatches);
        }

        foreach (SimulatedLogit logit in output.Logits.Skip(total))
        {
            mismatches.Add(new Mismatch
            {
                Kind = MismatchKind.Extra, Boundary = Output, Cycle = logit.Cycle, Actual = logit.Value, Bits = LogitBits,
            });
        }

        return mismatches;
    }

    /// <summary>The logits of each clip, [clip][class]; empty where not all came.</summary>
    internal static long[][] Values(CoSimulationDesign design, CoSimulationJob job, SimulatedOutput output) =>
    [
        .. Enumerable.Range(0, job.Clips.Count).Select(clip => (clip + 1) * design.Classes <= output.Logits.Length
            ? Array.ConvertAll(output.Logits[(clip * design.Classes)..((clip + 1) * design.Classes)], logit => logit.Value)
            : []),
    ];

    private static void Compare(
        CoSimulationDesign design, CoSimulationJob job, SimulatedOutput output, int index, MismatchList mismatches)
    {
        int clip = index / design.Classes;
        int label = index % design.Classes;
        long expected = job.Traces[clip].Logits[label];
        var place = new Mismatch
        {
            Kind = MismatchKind.Missing,
            Boundary = Output,
            Clip = job.FirstClip + clip,
            Channel = label,
            Expected = expected,
            Bits = LogitBits,
        };
        if (index >= output.Logits.Length)
        {
            mismatches.Add(place);
            return;
        }

        SimulatedLogit logit = output.Logits[index];
        bool isLast = label == design.Classes - 1;
        if (logit.Value != expected)
        {
            mismatches.Add(place with { Kind = MismatchKind.Logit, Cycle = logit.Cycle, Actual = logit.Value });
        }
        else if (logit.IsLast != isLast)
        {
            mismatches.Add(place with
            {
                Kind = MismatchKind.Last, Cycle = logit.Cycle, Expected = isLast ? 1 : 0, Actual = logit.IsLast ? 1 : 0, Bits = 1,
            });
        }
    }
}
