namespace Hypgcn.Models;

/// <summary>One block in numbers: parameters as PyTorch counts them, multiply-accumulates of one clip.</summary>
public sealed record BlockSummary
{
    /// <summary>1-based, as in the checkpoint's lN.</summary>
    public required int Number { get; init; }

    public required int InputChannels { get; init; }

    public required int OutputChannels { get; init; }

    public required int Stride { get; init; }

    /// <summary>Frames that enter.</summary>
    public required int Frames { get; init; }

    public required ResidualKind Residual { get; init; }

    /// <summary>PA, convolutions with biases, gamma and beta; not the running statistics, not the fixed A.</summary>
    public required long Parameters { get; init; }

    /// <summary>x times the K graphs.</summary>
    public required long GraphMacs { get; init; }

    /// <summary>The K 1x1 convolutions.</summary>
    public required long SpatialMacs { get; init; }

    /// <summary>The temporal convolution.</summary>
    public required long TemporalMacs { get; init; }

    /// <summary>The 1x1 convolutions of both shortcuts.</summary>
    public required long ShortcutMacs { get; init; }

    public long Macs => GraphMacs + SpatialMacs + TemporalMacs + ShortcutMacs;
}
