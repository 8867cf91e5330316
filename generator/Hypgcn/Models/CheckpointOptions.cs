namespace Hypgcn.Models;

/// <summary>What a checkpoint does not say about its network.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The joints and bones; the default is NTU RGB+D's 25 joints.</summary>
    public SkeletonGraph Graph { get; init; } = SkeletonGraph.Ntu25;

    /// <summary>Temporal stride of each block, 1 or more; null recovers them: 2 where a block has a residual convolution, else 1.</summary>
    public IReadOnlyList<int>? Strides { get; init; }
}
