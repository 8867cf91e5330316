namespace Hypgcn.Pruning;

/// <summary>How much of a network stays; which channels they are is decided by their importance.</summary>
public sealed record PruningSchedule
{
    /// <summary>One entry per block.</summary>
    public required IReadOnlyList<BlockSchedule> Blocks { get; init; }

    /// <summary>
    /// Temporal filters of the last block that stay, 1 or more. Those of every other block are the ones whose channel the
    /// next block's spatial convolution reads.
    /// </summary>
    public required int LastFilters { get; init; }

    /// <summary>Whether convolutions of shortcuts stop reading the channels that the spatial convolution stops reading.</summary>
    public bool Shortcuts { get; init; }
}
