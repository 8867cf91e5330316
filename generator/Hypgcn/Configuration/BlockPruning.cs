using System.ComponentModel;

namespace Hypgcn.Configuration;

/// <summary>What pruning leaves of one block.</summary>
public sealed record BlockPruning
{
    [Description("Spatial input channels kept, a number. The temporal filters of the block before follow.")]
    [Legal(1, 4096)]
    public int? Channels { get; init; }

    [Description("Spatial input channels kept, a share; rounded to the nearest number, at least 1.")]
    [Legal(0, 1)]
    public double? ChannelShare { get; init; }

    [Description("Taps kept in this block's temporal filters: a pattern's name, as for the network.")]
    public string? Pattern { get; init; }

    [Description("Taps kept in this block's temporal filters: a pattern of one's own, as for the network.")]
    public IReadOnlyList<IReadOnlyList<int>>? TapSets { get; init; }
}
