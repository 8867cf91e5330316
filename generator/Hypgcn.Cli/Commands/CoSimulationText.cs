using System.Globalization;
using System.Text.Json.Nodes;
using Hypgcn.CoSimulation;

namespace Hypgcn.Cli.Commands;

/// <summary>The result of co-simulation for scripts and for people.</summary>
internal static class CoSimulationText
{
    /// <summary>What <c>--json</c> prints for one design, or for two whose logits are added.</summary>
    /// <param name="reports">One or two: the keys are those of the first, <c>exact</c> is of both.</param>
    /// <param name="top1Sum">Share of clips with the label as the largest sum; null without two designs or labels.</param>
    internal static JsonObject ToJson(IReadOnlyList<CoSimulationReport> reports, double? top1Sum)
    {
        JsonObject json = CommandContext.ToJson(ToJson(reports[0].Result, reports[0].Rerun));
        if (reports.Count > 1)
        {
            JsonObject second = CommandContext.ToJson(ToJson(reports[1].Result, reports[1].Rerun));
            second.Insert(0, "design", reports[1].Design);
            json["exact"] = reports.All(report => report.Result.IsExact);
            json["second"] = second;
            json["top1_sum"] = top1Sum;
        }

        return json;
    }

    /// <summary>What <c>--json</c> prints for one design.</summary>
    internal static object ToJson(CoSimulationResult result, string? rerun) => new
    {
        Exact = result.IsExact,
        result.Clips,
        result.Mismatches,
        result.FirstMismatch,
        result.BoundariesChecked,
        result.Cycles,
        result.CycleDifferences,
        result.LatencyCycles,
        result.IntervalCycles,
        result.DroppedWords,
        result.PredictedDroppedWords,
        result.DropDifferences,
        result.Engines,
        result.Hang,
        result.BuildSeconds,
        result.RunSeconds,
        result.CyclesPerSecond,
        result.Top1,
        Rerun = rerun,
    };

    /// <summary>The same as text.</summary>
    internal static void Write(TextWriter writer, IReadOnlyList<CoSimulationReport> reports, double? top1Sum)
    {
        foreach (CoSimulationReport report in reports)
        {
            if (reports.Count > 1)
            {
                writer.WriteLine($"{report.Design}:");
            }

            Write(writer, report.Result, report.Rerun);
        }

        if (top1Sum is double sum)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sum of the simulated logits: top-1 {100 * sum:0.00} %"));
        }
    }

    /// <summary>One design as text.</summary>
    internal static void Write(TextWriter writer, CoSimulationResult result, string? rerun)
    {
        void Line(string name, FormattableString text) => writer.WriteLine($"{name,-12} {text.ToString(CultureInfo.InvariantCulture)}");
        Line("clips", $"{result.Clips}");
        Line("boundaries", $"{result.BoundariesChecked:N0} banks and {(result.Mismatches == 0 ? "all logits: bit for bit" : $"the logits: {result.Mismatches:N0} mismatches")}");
        Line("cycles", $"{result.Cycles.Simulated:N0} simulated, {result.Cycles.Predicted:N0} predicted, difference {result.Cycles.Difference:N0}");
        Line("latency", $"{(result.LatencyCycles is long latency ? latency.ToString("N0", CultureInfo.InvariantCulture) : "-")} cycles");
        Line("interval", $"{(result.IntervalCycles is long interval ? interval.ToString("N0", CultureInfo.InvariantCulture) : "-")} cycles");
        Line("dropped", $"{Dropped(result)}");
        if (result.Top1 is double top1)
        {
            Line("top-1", $"{100 * top1:0.00} %");
        }

        Line("time", $"{result.BuildSeconds:0.0} s build, {result.RunSeconds:0.0} s run, {result.CyclesPerSecond:N0} cycles/s");
        WriteEngines(writer, result);
        if (result.FirstMismatch is Mismatch mismatch)
        {
            Line("first", $"{mismatch}");
        }

        foreach (CycleDifference difference in result.CycleDifferences)
        {
            string simulated = difference.Simulated?.ToString("N0", CultureInfo.InvariantCulture) ?? "never";
            Line("differs", $"{difference.Name}: {difference.Predicted:N0} predicted, {simulated} simulated");
        }

        foreach (CycleDifference difference in result.DropDifferences)
        {
            string simulated = difference.Simulated?.ToString("N0", CultureInfo.InvariantCulture) ?? "never read";
            Line("differs", $"{difference.Name}: {difference.Predicted:N0} predicted, {simulated} simulated");
        }

        if (result.Hang is string hang)
        {
            Line("hang", $"{hang}");
        }

        if (rerun is not null)
        {
            Line("again", $"{rerun}");
        }

        writer.WriteLine(result.IsExact ? "Exact." : "Not exact.");
    }

    /// <summary>Per block its slowest engine.</summary>
    private static void WriteEngines(TextWriter writer, CoSimulationResult result)
    {
        foreach (var block in result.Engines.GroupBy(engine => engine.Stage[..engine.Stage.IndexOf('.', StringComparison.Ordinal)]))
        {
            EngineUse slowest = block.MaxBy(engine => engine.BusyCycles)!;
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{slowest.Stage,-16} slowest of {block.Key}: busy {100.0 * slowest.BusyCycles / result.Cycles.Simulated:0.0} % of the run, {slowest.Products:N0} needed products in {slowest.LaneCycles:N0} lane-cycles, {100 * slowest.Utilization:0.0} %"));
        }
    }

    private static string Dropped(CoSimulationResult result) => (result.DroppedWords, result.PredictedDroppedWords) == (0, 0)
        ? "0 words"
        : string.Create(CultureInfo.InvariantCulture,
            $"{result.DroppedWords:N0} words, {result.PredictedDroppedWords:N0} predicted: WARNING, RFC FIFOs are too shallow for these clips (hardware.rfc)");
}
