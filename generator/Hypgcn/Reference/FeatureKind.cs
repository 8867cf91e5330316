namespace Hypgcn.Reference;

/// <summary>Features of the float network that the integer network rounds.</summary>
public enum FeatureKind
{
    /// <summary>x0, the output of data_bn.</summary>
    Input,

    /// <summary>U_k = x G_k of one k.</summary>
    GraphResult,

    /// <summary>z, after its ReLU.</summary>
    Middle,

    /// <summary>The block's output, after its ReLU.</summary>
    Output,
}
