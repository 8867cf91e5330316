namespace Hypgcn.Exploration;

/// <summary>What is asked of a design.</summary>
/// <param name="Limits">What it may take.</param>
/// <param name="ClockMhz">Clock that clips/s are counted at.</param>
/// <param name="ClipsPerSecond">What it must reach, as cheaply as can be; null for as many as the limits allow.</param>
/// <param name="Candidates">How many designs the cycle model may run at most; null for as many as take some seconds, 2 or 4, with a target all.</param>
/// <param name="Refinements">How many further designs the cycle model may run to shorten the interval, 0 to 1000; without a target.</param>
public sealed record TuneRequest(TuneLimits Limits, int ClockMhz, double? ClipsPerSecond = null, int? Candidates = null, int Refinements = 0)
{
    /// <summary>An upper limit of <see cref="Refinements"/>.</summary>
    public const int MostRefinements = 1000;

    /// <summary>Designs that a choice of lanes is tried as: with and without more lanes for the next slowest units, and with deeper FIFOs.</summary>
    public const int MostCandidates = 4;

    /// <summary>Cycles that a clip may take for the target; null without one.</summary>
    public long? TargetCycles => ClipsPerSecond is double wanted ? (long)Math.Min(long.MaxValue / 2, ClockMhz * 1e6 / wanted) : null;
}
