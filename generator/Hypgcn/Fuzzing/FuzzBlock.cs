using Hypgcn.Hardware;
using Hypgcn.Models;

namespace Hypgcn.Fuzzing;

/// <summary>One block of a random design.</summary>
public sealed record FuzzBlock
{
    /// <summary>Output channels.</summary>
    public required int Channels { get; init; }

    public required int Stride { get; init; }

    /// <summary>An identity turns into a convolution where shapes differ.</summary>
    public required ResidualKind Residual { get; init; }

    /// <summary>Width of features and weights: 8 or 16.</summary>
    public required int FeatureBits { get; init; }

    /// <summary>Whether most temporal filters have no weight at all, nor their residual.</summary>
    public required bool DropsFilters { get; init; }

    /// <summary>Whether most taps of each filter have no weight.</summary>
    public required bool DropsTaps { get; init; }

    /// <summary>Whether about half of the spatial convolutions' input channels have no weight.</summary>
    public required bool DropsInputs { get; init; }

    public required BlockParameters Hardware { get; init; }
}
