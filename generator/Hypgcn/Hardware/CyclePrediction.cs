namespace Hypgcn.Hardware;

/// <summary>What the cycle model predicts for a run and the simulation must show, cycle 0 being the first after reset.</summary>
public sealed record CyclePrediction
{
    /// <summary>Per clip: cycle in which its first input value is accepted.</summary>
    public required long[] FirstInput { get; init; }

    /// <summary>Per clip: cycle in which its last input value is accepted.</summary>
    public required long[] LastInput { get; init; }

    /// <summary>Per clip: cycle in which its first logit is accepted.</summary>
    public required long[] FirstOutput { get; init; }

    /// <summary>Per clip: cycle in which its last logit is accepted.</summary>
    public required long[] LastOutput { get; init; }

    /// <summary>Cycles of the run: last output cycle plus one.</summary>
    public required long TotalCycles { get; init; }

    /// <summary>Every stage's counters over the run, in the order of the design's stages.</summary>
    public required IReadOnlyList<StageCycles> Stages { get; init; }
}
