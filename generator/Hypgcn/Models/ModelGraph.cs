namespace Hypgcn.Models;

/// <summary>A trained 2s-AGCN without C, as the checkpoint holds it: nothing folded, nothing rounded, no hardware words.</summary>
/// <remarks>Forward pass (Shi et al., CVPR 2019, without C_k): per block
/// z = relu(bn(sum_k conv_k(x G_k)) + shortcut(x)), y = relu(bn(tcn(z)) + residual(x)), G_k = A_k + PA_k.</remarks>
public sealed record ModelGraph
{
    /// <summary>Number of joints V.</summary>
    public required int Joints { get; init; }

    /// <summary>Number of graph subsets K.</summary>
    public required int Subsets { get; init; }

    /// <summary>Channels of an input clip (3: x, y, z).</summary>
    public required int InputChannels { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Persons data_bn was trained for.</summary>
    public required int DataNormPersons { get; init; }

    /// <summary>data_bn over features in the order [person, joint, channel], <see cref="DataNormPersons"/> * V * C long.</summary>
    public required BatchNorm DataNorm { get; init; }

    /// <summary>The blocks in order; at least one.</summary>
    public required IReadOnlyList<BlockModel> Blocks { get; init; }

    /// <summary>Classifier weights, [class, channel].</summary>
    public required double[] ClassifierWeight { get; init; }

    /// <summary>Classifier bias, [class].</summary>
    public required double[] ClassifierBias { get; init; }

    /// <summary>Tensors of the checkpoint that the accelerator does not use (conv_a, conv_b of C_k), by key.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}
