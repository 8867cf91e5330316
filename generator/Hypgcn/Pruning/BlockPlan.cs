namespace Hypgcn.Pruning;

/// <summary>What stays of one block.</summary>
public sealed record BlockPlan
{
    /// <summary>[input channel]: read by the spatial convolution.</summary>
    public required IReadOnlyList<bool> Inputs { get; init; }

    /// <summary>[filter]: kept taps of the temporal filter, ascending; none where it is dropped.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Taps { get; init; }

    /// <summary>Whether the shortcuts' convolutions read the same channels as the spatial one, instead of all.</summary>
    public required bool PrunesShortcuts { get; init; }
}
