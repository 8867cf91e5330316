namespace Hypgcn.Quantization;

/// <summary>data_bn as one multiply-add per value: x0 = saturate((q * Scale + Offset + half) >> Shift).</summary>
public sealed record QuantizedInput
{
    /// <summary>The host sends q = saturate(round(value * 2^ClipFractionBits)).</summary>
    public required int ClipFractionBits { get; init; }

    /// <summary>[person, joint, channel], at the network's width.</summary>
    public required int[] Scale { get; init; }

    /// <summary>[person, joint, channel], at the scale of q * Scale.</summary>
    public required long[] Offset { get; init; }

    /// <summary>Right shift after the sum, 0 or more.</summary>
    public required int Shift { get; init; }

    /// <summary>F of x0, the input of block 1.</summary>
    public required int FractionBits { get; init; }
}
