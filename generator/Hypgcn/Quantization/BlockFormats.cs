using System.Text.Json.Serialization;

namespace Hypgcn.Quantization;

/// <summary>Fraction bits F of one block's tensors: real = integer / 2^F.</summary>
public sealed record BlockFormats
{
    /// <summary>Width of the block's features and weights, 4 to 16 bits; null for the network's.</summary>
    public int? FeatureBits { get; init; }

    /// <summary>Graphs G_k.</summary>
    public required int Graph { get; init; }

    /// <summary>Graph results U_k.</summary>
    public required int GraphFeature { get; init; }

    /// <summary>Spatial weights, batch norm folded in.</summary>
    public required int Spatial { get; init; }

    /// <summary>Weights of the spatial shortcut, batch norm folded in; null where the shortcut is the identity.</summary>
    public int? Down { get; init; }

    /// <summary>Middle feature z.</summary>
    public required int Middle { get; init; }

    /// <summary>Temporal weights, batch norm folded in.</summary>
    public required int Temporal { get; init; }

    /// <summary>Weights of the residual convolution, batch norm folded in; null where there is none.</summary>
    public int? Residual { get; init; }

    /// <summary>The block's output.</summary>
    public required int Output { get; init; }

    /// <summary>z of channel c has <see cref="Middle"/> + MiddleExponents[c] fraction bits; null for zeros. The input's where
    /// the spatial shortcut is the identity.</summary>
    [JsonConverter(typeof(CompactListConverter<int>))]
    public IReadOnlyList<int>? MiddleExponents { get; init; }

    /// <summary>The output of channel c has <see cref="Output"/> + OutputExponents[c] fraction bits; null for zeros. The
    /// input's where the residual is the identity.</summary>
    [JsonConverter(typeof(CompactListConverter<int>))]
    public IReadOnlyList<int>? OutputExponents { get; init; }

    /// <summary>Added to the biases of the spatial sum, [output], at that sum's scale; null for none.</summary>
    [JsonConverter(typeof(CompactListConverter<long>))]
    public IReadOnlyList<long>? SpatialBias { get; init; }

    /// <summary>Added to the biases of the temporal sum, [output], at that sum's scale; null for none.</summary>
    [JsonConverter(typeof(CompactListConverter<long>))]
    public IReadOnlyList<long>? TemporalBias { get; init; }
}
