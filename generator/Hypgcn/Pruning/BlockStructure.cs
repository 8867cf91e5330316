namespace Hypgcn.Pruning;

/// <summary>What of one block is left, as its zeros say.</summary>
public sealed record BlockStructure
{
    /// <summary>1-based, as in the checkpoint's lN.</summary>
    public required int Number { get; init; }

    public required int InputChannels { get; init; }

    /// <summary>Input channels that the spatial convolutions read, ascending.</summary>
    public required IReadOnlyList<int> KeptInputs { get; init; }

    /// <summary>Temporal filters.</summary>
    public required int Filters { get; init; }

    /// <summary>Temporal filters with any weight, ascending.</summary>
    public required IReadOnlyList<int> KeptFilters { get; init; }

    /// <summary>Taps of a dense temporal filter.</summary>
    public required int Kernel { get; init; }

    /// <summary>Taps with any weight, ascending, of each of <see cref="KeptFilters"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> KeptTaps { get; init; }

    /// <summary>The pattern that the kept taps repeat: a name, "all", "loop of N", or "irregular".</summary>
    public required string Pattern { get; init; }

    public required WeightCount Spatial { get; init; }

    public required WeightCount Temporal { get; init; }

    /// <summary>1x1 convolutions of both shortcuts.</summary>
    public required WeightCount Shortcut { get; init; }

    /// <summary>Multiply-accumulates without any zero left out.</summary>
    public required MacCount DenseMacs { get; init; }

    /// <summary>Multiply-accumulates of the kept channels, filters and taps; zero features, skipped at run time, still count.</summary>
    public required MacCount KeptMacs { get; init; }

    /// <summary>All convolutions of the block.</summary>
    public WeightCount Weights => Spatial + Temporal + Shortcut;

    /// <summary>Mean number of kept taps of a kept filter.</summary>
    public double MeanTaps => KeptTaps.Count == 0 ? 0 : KeptTaps.Average(taps => taps.Count);
}
