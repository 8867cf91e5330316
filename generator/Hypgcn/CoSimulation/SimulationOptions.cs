namespace Hypgcn.CoSimulation;

/// <summary>How a simulation runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>Wall time after which the process is killed.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>So many cycles in which nothing moves are a hang; at least 1.</summary>
    public long IdleLimitCycles { get; init; } = 200_000;

    /// <summary>A run that is not done after so many cycles is a hang; 0 = no limit.</summary>
    public long MaximalCycles { get; init; }

    /// <summary>Seed of what registers and memories hold before reset; 1 ... 2^31 - 1.</summary>
    public int ResetSeed { get; init; } = 1;

    /// <summary>The waveform to write, or null; needs a build with the same format.</summary>
    public TraceWindow? Trace { get; init; }

    /// <summary>Folder that keeps the raw results, or null for a temporary one.</summary>
    public string? ResultFolder { get; init; }
}
