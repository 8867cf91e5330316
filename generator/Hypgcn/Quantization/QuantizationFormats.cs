using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>Everything besides the checkpoint that determines the integers: widths and fraction bits (F, real = integer / 2^F) per tensor.</summary>
public sealed record QuantizationFormats
{
    /// <summary>Width of the clip's values, of data_bn's scale and of the FC weights, and of blocks without their own; 4 to 16 bits.</summary>
    public required int FeatureBits { get; init; }

    /// <summary>Values of a clip as the host sends them.</summary>
    public required int Clip { get; init; }

    /// <summary>Scale of data_bn.</summary>
    public required int InputScale { get; init; }

    /// <summary>x0, the input of the first block.</summary>
    public required int Input { get; init; }

    /// <summary>One entry per block, in order.</summary>
    public required IReadOnlyList<BlockFormats> Blocks { get; init; }

    /// <summary>FC weights before the mean's 1/(M T' V) is folded in; the folded ones get floor(log2(M T' V)) more
    /// bits, so that the formats hold for clips of any length.</summary>
    public required int Classifier { get; init; }

    /// <summary>The same F for every tensor: (16, 8) is the preset <c>q8.8</c>.</summary>
    public static QuantizationFormats Uniform(ModelGraph model, int featureBits, int fractionBits)
    {
        ArgumentNullException.ThrowIfNull(model);
        var blocks = model.Blocks.Select(block => new BlockFormats
        {
            Graph = fractionBits,
            GraphFeature = fractionBits,
            Spatial = fractionBits,
            Down = block.Down is null ? null : fractionBits,
            Middle = fractionBits,
            Temporal = fractionBits,
            Residual = block.Residual == ResidualKind.Convolution ? fractionBits : null,
            Output = fractionBits,
        });
        return new QuantizationFormats
        {
            FeatureBits = featureBits,
            Clip = fractionBits,
            InputScale = fractionBits,
            Input = fractionBits,
            Blocks = [.. blocks],
            Classifier = fractionBits,
        };
    }

    /// <summary>Width of a block's features and weights.</summary>
    public int BlockBits(int block) => Blocks[block].FeatureBits ?? FeatureBits;

    /// <summary>Width of a block's output: what the next block reads, or the last block's own.</summary>
    public int OutputBits(int block) => BlockBits(Math.Min(block + 1, Blocks.Count - 1));
}
