namespace Hypgcn.Models;

/// <summary>What a block adds to its temporal convolution before the last ReLU.</summary>
public enum ResidualKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The block's input.</summary>
    Identity,

    /// <summary>A strided 1x1 convolution of the block's input.</summary>
    Convolution,
}
