using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>One block in integers. Batch norms are folded into weights and biases.</summary>
/// <remarks>
/// U_k(w,i) = sat((sum_p x(p,i) Graph[k,p,w] + half) >> GraphShift)
/// z(w,o)   = relu sat((SpatialBias[o] + (sum_k,i U_k(w,i) Spatial[k,i,o] &lt;&lt; SpatialAlign) + (shortcut &lt;&lt; SpatialShortcutAlign) + half) >> SpatialShift)
///            with shortcut = sum_i x(w,i) Down[i,o], or x(w,o) where Down is null
/// y(t,o)   = relu sat((TemporalBias[o] + (sum_tap,i z(t s + tap - pad, i) Temporal[o,i,tap] &lt;&lt; TemporalAlign) + (residual &lt;&lt; ResidualAlign) + half) >> TemporalShift)
///            with residual = 0, x(t s, o) or sum_i x(t s, i) ResidualWeight[i,o]
/// sat saturates to FeatureBits in U and z, to OutputBits in y.
/// half is 2^(shift-1), 0 for shift 0. Frames outside 0..T-1 are zero.
/// </remarks>
public sealed record QuantizedBlock
{
    /// <summary>Width B of x at the input, U, z and all weights, two's complement.</summary>
    public required int FeatureBits { get; init; }

    /// <summary>Width of the block's output: what the next block reads, or B after the last.</summary>
    public required int OutputBits { get; init; }

    public required int InputChannels { get; init; }

    public required int OutputChannels { get; init; }

    public required int Stride { get; init; }

    /// <summary>Temporal kernel, odd; pad = (Kernel - 1) / 2.</summary>
    public required int Kernel { get; init; }

    /// <summary>[k, p, w].</summary>
    public required int[] Graph { get; init; }

    /// <summary>0 or more.</summary>
    public required int GraphShift { get; init; }

    /// <summary>[k, input, output].</summary>
    public required int[] Spatial { get; init; }

    /// <summary>[output], at the scale of the aligned sum.</summary>
    public required long[] SpatialBias { get; init; }

    /// <summary>[input, output], or null for the identity.</summary>
    public int[]? Down { get; init; }

    public required int SpatialAlign { get; init; }

    public required int SpatialShortcutAlign { get; init; }

    public required int SpatialShift { get; init; }

    /// <summary>[output, input, tap]; input and output both have OutputChannels.</summary>
    public required int[] Temporal { get; init; }

    public required long[] TemporalBias { get; init; }

    public required int TemporalAlign { get; init; }

    public required ResidualKind Residual { get; init; }

    /// <summary>[input, output], set when <see cref="Residual"/> is Convolution.</summary>
    public int[]? ResidualWeight { get; init; }

    public required int ResidualAlign { get; init; }

    public required int TemporalShift { get; init; }

    /// <summary>F of x, U, z and of the output: real = integer / 2^F.</summary>
    public required int InputFractionBits { get; init; }

    public required int GraphFractionBits { get; init; }

    public required int MiddleFractionBits { get; init; }

    public required int OutputFractionBits { get; init; }
}
