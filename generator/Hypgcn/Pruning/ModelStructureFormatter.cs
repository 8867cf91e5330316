using System.Text;
using System.Text.Json.Nodes;

namespace Hypgcn.Pruning;

/// <summary>A <see cref="ModelStructure"/> as text for people and as JSON for scripts.</summary>
public static class ModelStructureFormatter
{
    /// <summary>A table of what is left per block, and the totals; LF, no trailing blanks.</summary>
    public static string ToText(ModelStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line).TrimEnd()).Append('\n');

        Line($"{"block",-6}{"channels",10}{"filters",10}{"taps",6}  {"pattern",-15}{"weights",9}{"left",9}{"MMAC",9}{"left",9}{"irregular",11}");
        foreach (var b in structure.Blocks)
        {
            Line($"l{b.Number,-5}{Of(b.KeptInputs.Count, b.InputChannels),10}{Of(b.KeptFilters.Count, b.Filters),10}{b.MeanTaps,6:0.##}  {b.Pattern,-15}{b.Weights.Dense,9}{b.Weights.Kept,9}{Millions(b.DenseMacs),9:F1}{Millions(b.KeptMacs),9:F1}{b.Weights.IrregularZeros,11}");
        }
        var weights = structure.Weights;
        Line($"{"total",-49}{weights.Dense,9}{weights.Kept,9}{Millions(structure.DenseMacs),9:F1}{Millions(structure.KeptMacs),9:F1}{weights.IrregularZeros,11}");
        Line($"");
        Line($"compression {structure.Compression:F2}x, graph work skipped {100 * structure.GraphSkip:F2} %, spatial input channels kept {100 * structure.KeptInputShare:F1} %");
        if (weights.IrregularZeros > 0)
        {
            Line($"{weights.IrregularZeros} zeros are irregular: no unit skips them");
        }
        return text.ToString();
    }

    /// <summary>One object; "blocks" as <see cref="BlocksToJson"/>.</summary>
    public static JsonObject ToJson(ModelStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return new()
        {
            ["compression"] = structure.Compression,
            ["graph_skip"] = structure.GraphSkip,
            ["kept_input_share"] = structure.KeptInputShare,
            ["weights"] = structure.Weights.Dense,
            ["kept_weights"] = structure.Weights.Kept,
            ["irregular_zeros"] = structure.Weights.IrregularZeros,
            ["macs"] = structure.DenseMacs.Total,
            ["kept_macs"] = structure.KeptMacs.Total,
            ["blocks"] = BlocksToJson(structure),
        };
    }

    /// <summary>One object per block.</summary>
    public static JsonArray BlocksToJson(ModelStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return [.. structure.Blocks.Select(Block)];
    }

    private static JsonObject Block(BlockStructure block) => new()
    {
        ["block"] = block.Number,
        ["input_channels"] = block.InputChannels,
        ["kept_input_channels"] = block.KeptInputs.Count,
        ["filters"] = block.Filters,
        ["kept_filters"] = block.KeptFilters.Count,
        ["taps"] = block.Kernel,
        ["kept_taps"] = block.MeanTaps,
        ["pattern"] = block.Pattern,
        ["weights"] = Weights(block, count => count.Dense),
        ["kept_weights"] = Weights(block, count => count.Kept),
        ["irregular_zeros"] = block.Weights.IrregularZeros,
        ["macs"] = Macs(block.DenseMacs),
        ["kept_macs"] = Macs(block.KeptMacs),
    };

    private static JsonObject Weights(BlockStructure block, Func<WeightCount, long> pick) => new()
    {
        ["spatial"] = pick(block.Spatial),
        ["temporal"] = pick(block.Temporal),
        ["shortcut"] = pick(block.Shortcut),
    };

    private static JsonObject Macs(MacCount macs) => new()
    {
        ["graph"] = macs.Graph,
        ["spatial"] = macs.Spatial,
        ["temporal"] = macs.Temporal,
        ["shortcut"] = macs.Shortcut,
    };

    private static string Of(int kept, int all) => FormattableString.Invariant($"{kept}/{all}");

    private static double Millions(MacCount macs) => macs.Total / 1e6;
}
