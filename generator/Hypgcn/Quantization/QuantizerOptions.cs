namespace Hypgcn.Quantization;

/// <summary>How the formats are chosen.</summary>
public sealed record QuantizerOptions
{
    /// <summary>Width of features and weights, 4 to 16 bits; 16 and 8 are what the hardware is built for.</summary>
    public int FeatureBits { get; init; } = 16;

    /// <summary>Width of each block's features and weights, 4 to 16 bits; null: <see cref="FeatureBits"/> in all. Not
    /// for the preset, whose blocks all have the network's width.</summary>
    public IReadOnlyList<int>? BlockFeatureBits { get; init; }

    public FormatPreset Preset { get; init; } = FormatPreset.Calibrated;

    /// <summary>Bits of range that features get beyond the best mean-square error on the calibration clips, for
    /// clips that move further; 0 or more. Null: 1 for tensors of 12 bits and more, else 0, where every bit of precision counts.</summary>
    public int? HeadroomBits { get; init; }

    /// <summary>Bits that a weight may give up so that two sums meet without an alignment shift; 0 or more.
    /// Null: what exceeds 13 bits of the block's width.</summary>
    public int? AlignSlackBits { get; init; }

    /// <summary>Whether biases are corrected on the calibration clips.</summary>
    public bool CorrectsBias { get; init; } = true;

    /// <summary>How far the powers of two of a feature's channels may lie apart, in tensors below 12 bits; 0: channels are not
    /// scaled. Null: what serves the network best when tried on the calibration clips.</summary>
    public int? BalanceSpan { get; init; }

    internal int Headroom(int bits) => HeadroomBits ?? (bits >= 12 ? 1 : 0);

    internal int AlignSlack(int bits) => AlignSlackBits ?? Math.Max(0, bits - 13);

    internal int BlockBits(int block) => BlockFeatureBits?[block] ?? FeatureBits;
}
