using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>Fraction bits of a block's sums, as its formats imply them.</summary>
internal readonly record struct BlockScales
{
    public BlockScales(int inputFraction, BlockFormats format, ResidualKind residual)
    {
        SpatialProduct = format.GraphFeature + format.Spatial;
        ShortcutProduct = inputFraction + (format.Down ?? 0);
        SpatialSum = Math.Max(SpatialProduct, ShortcutProduct);
        TemporalProduct = format.Middle + format.Temporal;
        // Without a residual its shift is free; taking the products' scale makes it 0.
        ResidualProduct = residual == ResidualKind.None
            ? TemporalProduct
            : inputFraction + (format.Residual ?? 0);
        TemporalSum = Math.Max(TemporalProduct, ResidualProduct);
    }

    public int SpatialProduct { get; }

    public int ShortcutProduct { get; }

    public int SpatialSum { get; }

    public int TemporalProduct { get; }

    public int ResidualProduct { get; }

    public int TemporalSum { get; }
}
