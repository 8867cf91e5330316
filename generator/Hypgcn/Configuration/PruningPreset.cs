using Hypgcn.Pruning;

namespace Hypgcn.Configuration;

/// <summary>Schedules over the span of compression that the paper reports, named by what they give on the ten-block 2s-AGCN.</summary>
/// <param name="Name">The compression.</param>
/// <param name="GraphSkip">Share of graph work skipped.</param>
/// <param name="LastFilterShare">Share of the last block's filters kept.</param>
/// <param name="Pattern">Name of a <see cref="TapPattern"/>.</param>
public sealed record PruningPreset(string Name, double GraphSkip, double LastFilterShare, string Pattern)
{
    /// <summary>All presets, by rising compression.</summary>
    public static IReadOnlyList<PruningPreset> All { get; } =
    [
        new("3.0x", 0.518, 0.5, "5of9-loop8"),
        new("4.5x", 0.668, 0.5, "4of9-loop8"),
        new("6.0x", 0.732, 0.54, "3of9-loop8"),
        new("8.4x", 0.785, 0.5, "2of9-loop8"),
    ];

    /// <summary>The preset of a name, or null.</summary>
    public static PruningPreset? Named(string name) => All.FirstOrDefault(preset => preset.Name == name);
}
