namespace Hypgcn.Fuzzing;

/// <summary>What became of one design.</summary>
public sealed record FuzzOutcome
{
    public required FuzzCase Case { get; init; }

    /// <summary>Null: it is linted, simulated, and all is exact.</summary>
    public FuzzFailure? Failure { get; init; }

    /// <summary>What it is an example of; see <see cref="FuzzKinds"/>.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Draws that a rule refused before this case.</summary>
    public int Refusals { get; init; }

    /// <summary>Simulated cycles.</summary>
    public long Cycles { get; init; }

    /// <summary>Banks that were compared.</summary>
    public long Banks { get; init; }

    /// <summary>Where the wall time went.</summary>
    public FuzzSeconds Seconds { get; init; }
}
