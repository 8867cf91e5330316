namespace Hypgcn.Quantization;

/// <summary>Where fraction bits come from.</summary>
public enum FormatPreset
{
    /// <summary>Per tensor, least mean-square error on calibration clips.</summary>
    Calibrated,

    /// <summary>8 fraction bits everywhere, as in the RFC-HyPGCN paper.</summary>
    Q8Dot8,
}
