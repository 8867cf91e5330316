namespace Hypgcn.Pruning;

/// <summary>What pruning left and what that cost.</summary>
public sealed record PruningReport
{
    /// <summary>The network that went out; "before" is the same network without any zeros.</summary>
    public required ModelStructure Structure { get; init; }

    /// <summary>What decided.</summary>
    public required ImportanceKind Importance { get; init; }

    /// <summary>Share of labelled clips that are right in floating point, 0 to 1; null without labels.</summary>
    public double? Top1Before { get; init; }

    /// <summary>The same after pruning, before any fine-tuning.</summary>
    public double? Top1After { get; init; }
}
