using Hypgcn.Reference;

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

    /// <summary>Share of labelled clips whose largest logit (the first of equals) is the label; null without labels.</summary>
    internal static double? Top1(CoSimulationDesign design, CoSimulationJob job, SimulatedOutput output)
    {
        if (job.Labels is null)
        {
            return null;
        }

        int right = 0;
        for (int clip = 0; clip < job.Clips.Count; clip++)
        {
            long[] values = [.. output.Logits.Skip(clip * design.Classes).Take(design.Classes).Select(logit => logit.Value)];
            right += values.Length == design.Classes && Accuracy.Best<long>(values) == job.Labels[clip] ? 1 : 0;
        }

        return (double)right / job.Clips.Count;
    }

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
