namespace Hypgcn.Reference;

/// <summary>Who reads behind an RFC FIFO of a block, in the order of the dropped-word counters.</summary>
public enum RfcReader
{
    /// <summary>The spatial shortcut, identity or convolution, reads x.</summary>
    Spatial,

    /// <summary>The temporal convolution reads z.</summary>
    Middle,

    /// <summary>The residual reads x of every stride-th frame.</summary>
    Residual,
}
