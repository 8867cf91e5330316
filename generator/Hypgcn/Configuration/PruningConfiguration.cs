using System.ComponentModel;
using Hypgcn.Models;
using Hypgcn.Pruning;

namespace Hypgcn.Configuration;

/// <summary>What <c>hypgcn prune</c> removes from the checkpoint.</summary>
public sealed record PruningConfiguration
{
    [Description("Schedule for about that compression of the ten-block 2s-AGCN: 3.0x, 4.5x, 6.0x or 8.4x. It stands for graph_skip, last_filter_share and pattern; keys given beside it win.")]
    public string? Preset { get; init; }

    [Description("Share of graph work to skip in the whole network, 0.732 in the paper. All blocks but the first, and those with channels of their own under blocks, keep the same share of their input channels.")]
    [Legal(0, 1)]
    public double? GraphSkip { get; init; }

    [Description("Temporal filters of the last block kept, a share, chosen against the classifier; at least 1. Default 1: all.")]
    [Legal(0, 1)]
    public double? LastFilterShare { get; init; }

    [Description("Taps kept in temporal filters: 2of9-loop4 to 7of9-loop16 (loops of 4, 8 and 16 filters), or all. Default: all.")]
    public string? Pattern { get; init; }

    [Description("Taps kept in temporal filters, a pattern of one's own instead of a name: the taps, from 0, of each filter of the loop.")]
    public IReadOnlyList<IReadOnlyList<int>>? TapSets { get; init; }

    [Description("What makes a channel important: contribution (weights times measured features) or weight. Default: contribution where calibration clips are given, else weight.")]
    public string? Importance { get; init; }

    [Description("Whether the convolutions of shortcuts stop reading the channels that the spatial convolution stops reading.")]
    public bool Shortcuts { get; init; }

    [Description("One entry per block, in order; blocks without an entry, and keys left out, take what is said for the network.")]
    public IReadOnlyList<BlockPruning> Blocks { get; init; } = [];

    /// <summary>What decides, given whether features were measured.</summary>
    /// <exception cref="ConfigurationException">Features are asked for and there are none.</exception>
    public ImportanceKind ResolveImportance(bool hasFeatures)
    {
        if (Importance is null)
        {
            return hasFeatures ? ImportanceKind.Contribution : ImportanceKind.Weight;
        }
        var kind = Enum.Parse<ImportanceKind>(Importance, ignoreCase: true);
        return kind == ImportanceKind.Weight || hasFeatures
            ? kind
            : throw new ConfigurationException(
                ["pruning.importance: 'contribution' without calibration clips; it is weights times features measured on clips. Give --calibrate, or 'weight'."]);
    }

    /// <summary>The schedule for a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="frames">T, by which a target for the whole network is counted.</param>
    /// <exception cref="HypgcnException">The target cannot be reached, or there are more entries than blocks.</exception>
    public PruningSchedule Resolve(ModelGraph model, int frames)
    {
        ArgumentNullException.ThrowIfNull(model);
        var count = model.Blocks.Count;
        if (Blocks.Count > count)
        {
            throw new ConfigurationException(
                [$"pruning.blocks: {Blocks.Count} entries; the network has {count} blocks. Remove the entries beyond."]);
        }
        var preset = PruningPreset.Named(Preset ?? "");
        var entries = model.Blocks.Select((_, b) => b < Blocks.Count ? Blocks[b] : new BlockPruning()).ToArray();
        var given = model.Blocks.Select((block, b) => Given(entries[b], block.InputChannels)).ToArray();
        // The coordinates: too few to be worth it, and no filter in front of them would follow.
        given[0] ??= model.InputChannels;
        var channels = (GraphSkip ?? preset?.GraphSkip) is { } target
            ? GraphSkipTarget.Spread(model, frames, target, given)
            : [.. given.Select((kept, b) => kept ?? model.Blocks[b].InputChannels)];
        var pattern = PatternOf(Pattern, TapSets) ?? TapPattern.Named(preset?.Pattern ?? TapPattern.AllTaps)!;
        return new PruningSchedule
        {
            Blocks = [.. channels.Select((kept, b) => new BlockSchedule(kept, PatternOf(entries[b].Pattern, entries[b].TapSets) ?? pattern))],
            LastFilters = Share(LastFilterShare ?? preset?.LastFilterShare ?? 1, model.Blocks[^1].OutputChannels),
            Shortcuts = Shortcuts,
        };
    }

    private static TapPattern? PatternOf(string? name, IReadOnlyList<IReadOnlyList<int>>? sets) =>
        sets is not null ? TapPattern.Own(sets) : name is not null ? TapPattern.Named(name) : null;

    private static int? Given(BlockPruning entry, int channels) =>
        entry.Channels ?? (entry.ChannelShare is { } share ? Share(share, channels) : null);

    private static int Share(double share, int count) => Math.Max(1, (int)Math.Round(share * count, MidpointRounding.AwayFromZero));
}
