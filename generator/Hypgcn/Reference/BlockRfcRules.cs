namespace Hypgcn.Reference;

/// <summary>The rules of a block's RFC FIFOs; null never drops.</summary>
/// <param name="Spatial">x on its way to the spatial shortcut.</param>
/// <param name="Middle">z on its way to the temporal convolution.</param>
/// <param name="Residual">x of every stride-th frame on its way to the residual.</param>
public sealed record BlockRfcRules(RfcRule? Spatial, RfcRule? Middle, RfcRule? Residual)
{
    /// <summary>Whether nothing can be dropped.</summary>
    public bool IsLossless => Spatial is null && Middle is null && Residual is null;

    /// <summary>The rule in front of a reader.</summary>
    public RfcRule? this[RfcReader reader] => reader switch
    {
        RfcReader.Spatial => Spatial,
        RfcReader.Middle => Middle,
        _ => Residual,
    };
}
