using System.ComponentModel;
using Hypgcn.Reference;

namespace Hypgcn.Sparsity;

/// <summary>Zeros in front of the readers of a block.</summary>
public sealed record BlockSparsity
{
    [Description("x on its way to the spatial shortcut.")]
    public required FifoSparsity Spatial { get; init; }

    [Description("z on its way to the temporal convolution.")]
    public required FifoSparsity Middle { get; init; }

    [Description("x of every stride-th frame on its way to the residual, where there is one.")]
    public FifoSparsity? Residual { get; init; }

    /// <summary>Null for a residual that the block does not have.</summary>
    public FifoSparsity? this[RfcReader reader] => reader switch
    {
        RfcReader.Spatial => Spatial,
        RfcReader.Middle => Middle,
        _ => Residual,
    };
}
