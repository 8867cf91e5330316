namespace Hypgcn.Quantization;

/// <summary>Pooling and FC: logit[c] = Bias[c] + sum_ch Weight[c,ch] * (sum over persons, frames, joints of x(ch)), exact.</summary>
public sealed record QuantizedClassifier
{
    /// <summary>[class, channel]; the mean's division is folded in before rounding.</summary>
    public required int[] Weight { get; init; }

    public required long[] Bias { get; init; }

    /// <summary>real logit = integer / 2^FractionBits.</summary>
    public required int FractionBits { get; init; }
}
