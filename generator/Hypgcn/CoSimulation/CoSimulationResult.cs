namespace Hypgcn.CoSimulation;

/// <summary>What co-simulation found. A difference is a result, not an error.</summary>
public sealed record CoSimulationResult
{
    public required int Clips { get; init; }

    /// <summary>Banks and logits that differ, are missing or too many.</summary>
    public required long Mismatches { get; init; }

    /// <summary>The one that happened first, or null. Data flows forward, so this one is the cause or next to it.</summary>
    public Mismatch? FirstMismatch { get; init; }

    /// <summary>Banks that were compared, over all boundaries.</summary>
    public required long BoundariesChecked { get; init; }

    public required CycleCounts Cycles { get; init; }

    /// <summary>The first few counts that differ.</summary>
    public required IReadOnlyList<CycleDifference> CycleDifferences { get; init; }

    /// <summary>First clip: cycles from its first accepted value to its last logit, both included; null after a hang.</summary>
    public long? LatencyCycles { get; init; }

    /// <summary>Cycles between the last logits of the last two clips; null for a single clip.</summary>
    public long? IntervalCycles { get; init; }

    /// <summary>Words that RFC FIFOs dropped, by their counters.</summary>
    public required long DroppedWords { get; init; }

    /// <summary>Words that the golden model says are dropped.</summary>
    public required long PredictedDroppedWords { get; init; }

    /// <summary>FIFOs whose counters differ from the golden model.</summary>
    public required IReadOnlyList<CycleDifference> DropDifferences { get; init; }

    /// <summary>The multiplying engines, in the order of the stages; empty without stage counters.</summary>
    public IReadOnlyList<EngineUse> Engines { get; init; } = [];

    /// <summary>What stood still, where the run did not end; else null.</summary>
    public string? Hang { get; init; }

    public double BuildSeconds { get; init; }

    /// <summary>Wall time of the simulation; of a whole <see cref="CoSimulationRun"/> with golden model, cycle model and comparison, jobs side by side.</summary>
    public double RunSeconds { get; init; }

    /// <summary>Simulated cycles per second of wall time.</summary>
    public double CyclesPerSecond => RunSeconds > 0 ? Cycles.Simulated / RunSeconds : 0;

    /// <summary>Share of clips with the label as their largest logit, 0 ... 1; null without labels.</summary>
    public double? Top1 { get; init; }

    /// <summary>What the hardware gave, [clip][class], at 2^-F of the classifier; empty for a clip whose logits did not all come.</summary>
    public IReadOnlyList<long[]> Logits { get; init; } = [];

    /// <summary>Whether the hardware does exactly what the two models say.</summary>
    public bool IsExact => Mismatches == 0 && Cycles.Difference == 0 && DropDifferences.Count == 0 && Hang is null;

    /// <summary>The result of several jobs, in the order of their clips.</summary>
    public static CoSimulationResult Combine(IReadOnlyList<CoSimulationResult> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        int labelled = parts.Where(part => part.Top1 is not null).Sum(part => part.Clips);
        return new CoSimulationResult
        {
            Clips = parts.Sum(part => part.Clips),
            Mismatches = parts.Sum(part => part.Mismatches),
            FirstMismatch = parts.Select(part => part.FirstMismatch).FirstOrDefault(mismatch => mismatch is not null),
            BoundariesChecked = parts.Sum(part => part.BoundariesChecked),
            Cycles = new CycleCounts(
                parts.Sum(part => part.Cycles.Predicted),
                parts.Sum(part => part.Cycles.Simulated),
                parts.Sum(part => part.Cycles.Difference)),
            CycleDifferences = [.. parts.SelectMany(part => part.CycleDifferences).Take(CycleComparer.KeptDifferences)],
            LatencyCycles = parts[0].LatencyCycles,
            IntervalCycles = parts.Select(part => part.IntervalCycles).LastOrDefault(interval => interval is not null),
            DroppedWords = parts.Sum(part => part.DroppedWords),
            PredictedDroppedWords = parts.Sum(part => part.PredictedDroppedWords),
            DropDifferences = [.. parts.SelectMany(part => part.DropDifferences).Take(CycleComparer.KeptDifferences)],
            Engines = [.. parts.SelectMany(part => part.Engines).GroupBy(engine => engine.Stage).Select(engine => engine.First() with
            {
                Products = engine.Sum(part => part.Products),
                BusyCycles = engine.Sum(part => part.BusyCycles),
            })],
            Hang = parts.Select(part => part.Hang).FirstOrDefault(hang => hang is not null),
            BuildSeconds = parts[0].BuildSeconds,
            Top1 = labelled == 0 ? null : parts.Sum(part => (part.Top1 ?? 0) * part.Clips) / labelled,
            Logits = [.. parts.SelectMany(part => part.Logits)],
        };
    }
}
