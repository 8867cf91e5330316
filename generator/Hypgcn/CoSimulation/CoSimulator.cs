using Hypgcn.Reference;

namespace Hypgcn.CoSimulation;

/// <summary>Runs the Verilog of a design and compares all of it with the golden model and the cycle model.</summary>
public sealed class CoSimulator(VerilatorToolchain toolchain)
{
    private readonly SimulationRunner _runner = new();

    /// <summary>Builds the simulation if need be and runs one job.</summary>
    /// <exception cref="ToolException">A tool is missing, failed or ran out of time.</exception>
    /// <exception cref="HypgcnException">A file of the design is missing.</exception>
    public async Task<CoSimulationResult> RunAsync(
        CoSimulationDesign design,
        CoSimulationJob job,
        SimulationOptions options,
        IProgress<SimulationProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        SimulationBuild build = await toolchain
            .BuildAsync(design, options.Trace?.Format ?? TraceFormat.None, cancellationToken).ConfigureAwait(false);
        return await RunAsync(design, build, job, options, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs one job on a simulation that was built before; any number of jobs may run at a time.</summary>
    /// <exception cref="ToolException">The simulation failed or ran out of time.</exception>
    public async Task<CoSimulationResult> RunAsync(
        CoSimulationDesign design,
        SimulationBuild build,
        CoSimulationJob job,
        SimulationOptions options,
        IProgress<SimulationProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(options);
        CycleComparer.CheckShape(design, job);
        string folder = options.ResultFolder ?? Directory.CreateTempSubdirectory("hypgcn-cosim-").FullName;
        SimulationOutcome outcome = await _runner
            .RunAsync(design, build, job, options, folder, progress, cancellationToken).ConfigureAwait(false);
        CoSimulationResult result = Compare(design, job, outcome) with { BuildSeconds = build.Seconds };
        // After an error the folder stays: the message names its log.
        if (options.ResultFolder is null)
        {
            Directory.Delete(folder, recursive: true);
        }

        return result;
    }

    private static CoSimulationResult Compare(CoSimulationDesign design, CoSimulationJob job, SimulationOutcome outcome)
    {
        SimulatedOutput output = SimulatedOutput.Read(outcome.Folder);
        (MismatchList mismatches, long banks) = CompareBoundaries(design, job, outcome.Folder);
        mismatches.Add(LogitComparer.Compare(design, job, output));
        IReadOnlyList<CycleDifference> differences = CycleComparer.Compare(design, job, output, outcome.Cycles);
        int clips = job.Clips.Count;
        long[][] logits = LogitComparer.Values(design, job, output);
        bool isComplete = output.Inputs.Length >= clips && output.Logits.Length >= clips * design.Classes;
        long LastOutput(int clip) => output.Logits[((clip + 1) * design.Classes) - 1].Cycle;
        return new CoSimulationResult
        {
            Clips = clips,
            Mismatches = mismatches.Count,
            FirstMismatch = mismatches.First,
            BoundariesChecked = banks,
            Cycles = new CycleCounts(job.Prediction.TotalCycles, outcome.Cycles, differences.Sum(difference => difference.Distance)),
            CycleDifferences = [.. differences.Take(CycleComparer.KeptDifferences)],
            LatencyCycles = isComplete ? LastOutput(0) - output.Inputs[0].First + 1 : null,
            IntervalCycles = isComplete && clips > 1 ? LastOutput(clips - 1) - LastOutput(clips - 2) : null,
            DroppedWords = output.Counters.Skip(2 * design.Stages.Count).Sum(words => (long)words),
            PredictedDroppedWords = job.Traces.Sum(trace => trace.DroppedWords.Sum()),
            DropDifferences = DropComparer.Compare(design, job, output),
            Engines = Engines(design, job, output),
            Hang = outcome.Hang,
            RunSeconds = outcome.Seconds,
            Top1 = job.Labels is null ? null : Accuracy.Top1(logits, job.Labels),
            Logits = logits,
        };
    }

    private static EngineUse[] Engines(CoSimulationDesign design, CoSimulationJob job, SimulatedOutput output)
    {
        var stages = design.Stages.ToList();
        return !design.HasStageCounters || output.Counters.Length == 0
            ? []
            : [.. job.Work.Select(work => new EngineUse(work.Stage, work.Products, work.Lanes, output.Counters[2 * stages.IndexOf(work.Stage)]))];
    }

    private static (MismatchList Mismatches, long Banks) CompareBoundaries(CoSimulationDesign design, CoSimulationJob job, string folder)
    {
        var parts = new (MismatchList Mismatches, long Banks)[design.Boundaries.Count];
        Parallel.For(0, parts.Length, AllCores.With(), tap =>
            parts[tap] = new BoundaryComparer(design, design.Boundaries[tap], job).Compare(Path.Combine(folder, $"tap_{tap}.bin")));
        var all = new MismatchList();
        long banks = 0;
        foreach ((MismatchList mismatches, long count) in parts)
        {
            all.Add(mismatches);
            banks += count;
        }

        return (all, banks);
    }
}
