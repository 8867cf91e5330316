namespace Hypgcn.CoSimulation;

/// <summary>In what way the hardware differs from the golden model.</summary>
public enum MismatchKind
{
    /// <summary>A feature has another value.</summary>
    Value,

    /// <summary>All values are right, but the hot code marks a zero as non-zero.</summary>
    HotCode,

    /// <summary>The bank or logit never came.</summary>
    Missing,

    /// <summary>More came than there should be.</summary>
    Extra,

    /// <summary>A logit has another value.</summary>
    Logit,

    /// <summary>TLAST is not with the last logit of a clip, or with another one.</summary>
    Last,
}
