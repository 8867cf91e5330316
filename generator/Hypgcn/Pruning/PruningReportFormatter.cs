using System.Text.Json.Nodes;

namespace Hypgcn.Pruning;

/// <summary>A <see cref="PruningReport"/> as text for people and as JSON for scripts.</summary>
public static class PruningReportFormatter
{
    /// <summary>The structure, what decided, and accuracy where it was measured; LF, no trailing blanks.</summary>
    public static string ToText(PruningReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var accuracy = report is { Top1Before: { } before, Top1After: { } after }
            ? FormattableString.Invariant($"top-1 {100 * before:F2} % before, {100 * after:F2} % after, without fine-tuning\n")
            : "";
        var decided = report.Importance == ImportanceKind.Contribution ? "weights times measured features" : "magnitude of weights";
        return $"{ModelStructureFormatter.ToText(report.Structure)}importance: {decided}\n{accuracy}";
    }

    /// <summary>Keys scripts rely on: compression, graph_skip, weights_before, weights_after, blocks.</summary>
    public static JsonObject ToJson(PruningReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var structure = report.Structure;
        return new()
        {
            ["compression"] = structure.Compression,
            ["graph_skip"] = structure.GraphSkip,
            ["weights_before"] = structure.Weights.Dense,
            ["weights_after"] = structure.Weights.Kept,
            ["macs_before"] = structure.DenseMacs.Total,
            ["macs_after"] = structure.KeptMacs.Total,
            ["irregular_zeros"] = structure.Weights.IrregularZeros,
            ["importance"] = report.Importance == ImportanceKind.Contribution ? "contribution" : "weight",
            ["top1_before"] = report.Top1Before,
            ["top1_after"] = report.Top1After,
            ["blocks"] = ModelStructureFormatter.BlocksToJson(structure),
        };
    }
}
