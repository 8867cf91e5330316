namespace Hypgcn.Models;

/// <summary>One spatial-temporal block of 2s-AGCN.</summary>
public sealed record BlockModel
{
    /// <summary>Channels of x.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Channels of z and of the block's output.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Temporal stride, 1 or more; the output has ceil(T / stride) frames.</summary>
    public required int Stride { get; init; }

    /// <summary>Graphs G_k = A_k + PA_k, [k, p, w]: feature of joint p contributes to joint w.</summary>
    public required double[] Graph { get; init; }

    /// <summary>The K 1x1 convolutions after the graphs.</summary>
    public required IReadOnlyList<Convolution> Spatial { get; init; }

    public required BatchNorm SpatialNorm { get; init; }

    /// <summary>1x1 convolution of the spatial shortcut; null means the identity.</summary>
    public Convolution? Down { get; init; }

    public BatchNorm? DownNorm { get; init; }

    /// <summary>Temporal convolution, odd kernel, same padding.</summary>
    public required Convolution Temporal { get; init; }

    public required BatchNorm TemporalNorm { get; init; }

    public required ResidualKind Residual { get; init; }

    /// <summary>1x1 convolution with the block's stride; set when <see cref="Residual"/> is Convolution.</summary>
    public Convolution? ResidualConvolution { get; init; }

    public BatchNorm? ResidualNorm { get; init; }
}
