namespace Hypgcn.Quantization;

/// <summary>The network in integers: everything the reference model and the hardware compute with, and nothing else.</summary>
/// <remarks>All roundings are round-half-up then saturate; sums in between are exact (design section 3). Every block has its own
/// width; the clip, data_bn's scale and the classifier's weights have <see cref="FeatureBits"/>.</remarks>
public sealed record QuantizedModel
{
    /// <summary>Width of the clip's values, of data_bn's scale and of the classifier's weights, two's complement.</summary>
    public required int FeatureBits { get; init; }

    /// <summary>Width of x0: that of the first block.</summary>
    public int InputBits => Blocks[0].FeatureBits;

    public required int Joints { get; init; }

    public required int Subsets { get; init; }

    public required int InputChannels { get; init; }

    /// <summary>Persons M of a clip.</summary>
    public required int Persons { get; init; }

    /// <summary>Frames T of a clip (after input skipping). The classifier weights contain 1 / (M T' V).</summary>
    public required int Frames { get; init; }

    public required int Classes { get; init; }

    public required QuantizedInput Input { get; init; }

    public required IReadOnlyList<QuantizedBlock> Blocks { get; init; }

    public required QuantizedClassifier Classifier { get; init; }
}
