namespace Hypgcn.Fuzzing;

/// <summary>What became of many designs.</summary>
public sealed record FuzzResult
{
    public required int Designs { get; init; }

    /// <summary>Draws that a rule refused; others took their place.</summary>
    public required int Refusals { get; init; }

    /// <summary>Designs that fail, by seed.</summary>
    public required IReadOnlyList<FuzzOutcome> Failures { get; init; }

    /// <summary>Of each kind the number of designs that are an example of it.</summary>
    public required IReadOnlyDictionary<string, int> Kinds { get; init; }

    /// <summary>Simulated cycles.</summary>
    public required long Cycles { get; init; }

    /// <summary>Banks that were compared.</summary>
    public required long Banks { get; init; }

    /// <summary>Where the time went, added up over designs that were done side by side.</summary>
    public required FuzzSeconds Seconds { get; init; }

    /// <summary>Wall time.</summary>
    public required double WallSeconds { get; init; }
}
