namespace Hypgcn.Quantization;

/// <summary>How the formats are chosen.</summary>
public sealed record QuantizerOptions
{
    /// <summary>Width B of features and weights, 4 to 16 bits; 16 and 8 are what the hardware is built for.</summary>
    public int FeatureBits { get; init; } = 16;

    public FormatPreset Preset { get; init; } = FormatPreset.Calibrated;

    /// <summary>Bits of range that features get beyond the best mean-square error on the calibration clips, for
    /// clips that move further; 0 or more. Null: 1 from 12 bits on, else 0, where every bit of precision counts.</summary>
    public int? HeadroomBits { get; init; }

    /// <summary>Bits that a weight may give up so that two sums meet without an alignment shift; 0 or more.
    /// Null: what exceeds 13 bits.</summary>
    public int? AlignSlackBits { get; init; }

    internal int Headroom => HeadroomBits ?? (FeatureBits >= 12 ? 1 : 0);

    internal int AlignSlack => AlignSlackBits ?? Math.Max(0, FeatureBits - 13);
}
