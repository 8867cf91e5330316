namespace Hypgcn.Quantization;

/// <summary>Worst case of every accumulator of one block over its outputs, for the weights actually there.</summary>
/// <remarks>Each range holds every partial sum in any order; <see cref="SumRange.WidthBits"/> is the width to build.</remarks>
public sealed record BlockWidths
{
    /// <summary>sum_p x(p,i) Graph[k,p,w], before rounding.</summary>
    public required SumRange Graph { get; init; }

    /// <summary><see cref="Graph"/> with half added, as it enters the shift.</summary>
    public required SumRange GraphRounded { get; init; }

    /// <summary>sum_k,i U_k(w,i) Spatial[k,i,o].</summary>
    public required SumRange SpatialProducts { get; init; }

    /// <summary>sum_i x(w,i) Down[i,o]; x itself where the shortcut is the identity.</summary>
    public required SumRange Down { get; init; }

    /// <summary>SpatialBias, aligned products, aligned shortcut and half, as they enter the shift.</summary>
    public required SumRange SpatialSum { get; init; }

    /// <summary>sum_i z(i) Temporal[o,i,tap] of one (filter, tap) pair.</summary>
    public required SumRange TemporalTap { get; init; }

    /// <summary>sum_tap,i z(i) Temporal[o,i,tap] of one filter.</summary>
    public required SumRange TemporalProducts { get; init; }

    /// <summary>sum_i x(i) ResidualWeight[i,o]; x itself for the identity; 0 for none.</summary>
    public required SumRange Residual { get; init; }

    /// <summary>TemporalBias, aligned products, aligned residual and half, as they enter the shift.</summary>
    public required SumRange TemporalSum { get; init; }
}
