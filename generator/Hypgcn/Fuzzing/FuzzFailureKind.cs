namespace Hypgcn.Fuzzing;

/// <summary>What a design failed at, in the order of the work.</summary>
public enum FuzzFailureKind
{
    /// <summary>A rule refuses a case that was accepted when it was drawn.</summary>
    Refused,

    /// <summary>The generator, the golden model or the cycle model threw an exception.</summary>
    Exception,

    /// <summary>Lint printed something.</summary>
    Lint,

    /// <summary>A tool failed.</summary>
    Tool,

    /// <summary>The simulation stood still.</summary>
    Hang,

    /// <summary>A bank or a logit differs.</summary>
    Value,

    /// <summary>The counts of dropped words differ.</summary>
    DroppedWords,

    /// <summary>A count of cycles differs.</summary>
    Cycles,
}
