using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Hypgcn.Models;

/// <summary>A <see cref="ModelSummary"/> as text for people and as JSON for scripts.</summary>
public static class ModelSummaryFormatter
{
    /// <summary>Lines of at most 100 columns, LF, no trailing blanks.</summary>
    public static string ToText(ModelSummary summary)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line).TrimEnd()).Append('\n');

        Line($"{summary.Blocks.Count} blocks, {summary.Joints} joints, {summary.Subsets} graphs, {summary.InputChannels} channels, {summary.Classes} classes, data_bn for {summary.DataNormPersons} person(s)");
        Line($"one clip: {summary.Frames} frames, {summary.Persons} person(s)");
        Line($"");
        Line($"{"block",-6}{"in",5}{"out",6}{"stride",8}{"frames",8}  {"residual",-12}{"parameters",11}{"graph",9}{"spatial",9}{"temporal",10}{"shortcut",10}   MMAC");
        foreach (BlockSummary b in summary.Blocks)
        {
            Line($"l{b.Number,-5}{b.InputChannels,5}{b.OutputChannels,6}{b.Stride,8}{b.Frames,8}  {Name(b.Residual),-12}{b.Parameters,11}{Millions(b.GraphMacs),9}{Millions(b.SpatialMacs),9}{Millions(b.TemporalMacs),10}{Millions(b.ShortcutMacs),10}");
        }

        Line($"{"total",-47}{summary.Parameters,11}{Millions(summary.GraphMacs),9}{Millions(summary.SpatialMacs),9}{Millions(summary.TemporalMacs),10}{Millions(summary.ShortcutMacs),10}");
        Line($"");
        Line($"{(summary.MacsPerClip / 1e9).ToString("0.00", CultureInfo.InvariantCulture)} GMAC per clip");
        Line($"dropped: {(summary.Dropped.Count == 0 ? "nothing" : $"{summary.Dropped.Count} tensors of the data-dependent graph C")}");
        foreach (string key in summary.Dropped)
            Line($"  {key}");
        return text.ToString();
    }

    /// <summary>Keys scripts rely on: parameters, macs_per_clip, blocks, dropped, missing.</summary>
    public static JsonObject ToJson(ModelSummary summary) => new()
    {
        ["parameters"] = summary.Parameters,
        ["macs_per_clip"] = summary.MacsPerClip,
        ["macs"] = Macs(summary.GraphMacs, summary.SpatialMacs, summary.TemporalMacs, summary.ShortcutMacs),
        ["frames"] = summary.Frames,
        ["persons"] = summary.Persons,
        ["joints"] = summary.Joints,
        ["subsets"] = summary.Subsets,
        ["input_channels"] = summary.InputChannels,
        ["classes"] = summary.Classes,
        ["data_bn_persons"] = summary.DataNormPersons,
        ["blocks"] = new JsonArray([.. summary.Blocks.Select(Block)]),
        ["dropped"] = new JsonArray([.. summary.Dropped.Select(k => (JsonNode)k)]),
        ["missing"] = new JsonArray(),
    };

    private static JsonObject Block(BlockSummary block) => new()
    {
        ["block"] = block.Number,
        ["input_channels"] = block.InputChannels,
        ["output_channels"] = block.OutputChannels,
        ["stride"] = block.Stride,
        ["frames"] = block.Frames,
        ["residual"] = Name(block.Residual),
        ["parameters"] = block.Parameters,
        ["macs"] = Macs(block.GraphMacs, block.SpatialMacs, block.TemporalMacs, block.ShortcutMacs),
    };

    private static JsonObject Macs(long graph, long spatial, long temporal, long shortcut) => new()
    {
        ["graph"] = graph,
        ["spatial"] = spatial,
        ["temporal"] = temporal,
        ["shortcut"] = shortcut,
    };

    private static string Name(ResidualKind kind) => kind.ToString().ToLowerInvariant();

    private static string Millions(long macs) => (macs / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
