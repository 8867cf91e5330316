using System.Diagnostics;
using Hypgcn.CoSimulation;

namespace Hypgcn.Fuzzing;

/// <summary>Proves one random design: generated, linted, co-simulated, exact.</summary>
/// <param name="toolchain">Lints and builds; best with <see cref="SimulationEffort.Quick"/>.</param>
/// <param name="workFolder">Gets a folder per design; that of a design which passes is removed.</param>
public sealed class FuzzChecker(VerilatorToolchain toolchain, string workFolder)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    private readonly VerilatorToolchain _toolchain = toolchain with { LintsBuilds = true };
    private int _folders;

    /// <summary>Checks a case. Whatever is wrong with it is a result.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<FuzzOutcome> CheckAsync(FuzzCase fuzz, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fuzz);
        try
        {
            return await CheckAsync(new FuzzDesign(fuzz), cancellationToken).ConfigureAwait(false);
        }
        catch (HypgcnException problem)
        {
            return new FuzzOutcome { Case = fuzz, Failure = new FuzzFailure(FuzzFailureKind.Refused, problem.Message) };
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return new FuzzOutcome { Case = fuzz, Failure = Explain(problem) };
        }
    }

    /// <summary>Checks a design. Whatever is wrong with it is a result.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<FuzzOutcome> CheckAsync(FuzzDesign fuzz, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fuzz);
        var outcome = new FuzzOutcome { Case = fuzz.Case, Refusals = fuzz.Refusals };
        string folder = Path.Combine(
            workFolder, FormattableString.Invariant($"seed_{fuzz.Case.Seed}_{Interlocked.Increment(ref _folders)}"));
        try
        {
            outcome = outcome with { Kinds = FuzzKinds.Of(fuzz) };
            outcome = await RunAsync(fuzz, folder, outcome, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            outcome = outcome with { Failure = Explain(problem) };
        }

        if (outcome.Failure is null)
        {
            Directory.Delete(folder, recursive: true);
        }

        return outcome;
    }

    private async Task<FuzzOutcome> RunAsync(FuzzDesign fuzz, string folder, FuzzOutcome outcome, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        fuzz.Write(folder);
        short[][] clips = fuzz.Clips();
        double written = watch.Elapsed.TotalSeconds;
        var design = CoSimulationDesign.Of(fuzz.Design, folder);
        IReadOnlyList<string> lint = await _toolchain.LintAsync(design, cancellationToken).ConfigureAwait(false);
        if (lint.Count > 0)
        {
            // A tool may stop at what it warns of, which would hide the reason.
            return outcome with { Failure = FuzzFailure.OfLint(lint) };
        }

        double linted = watch.Elapsed.TotalSeconds;
        SimulationBuild build = await _toolchain.BuildAsync(design, TraceFormat.None, cancellationToken).ConfigureAwait(false);
        double built = watch.Elapsed.TotalSeconds;
        var run = new CoSimulationRun(fuzz.Design, folder, _toolchain)
        {
            Pattern = fuzz.Pattern,
            Options = new SimulationOptions { ResetSeed = fuzz.Case.ResetSeed, TimeLimit = TimeLimit, ResultFolder = Path.Combine(folder, "results") },
        };
        CoSimulationResult result = await run.RunAsync(build, clips, null, null, cancellationToken).ConfigureAwait(false);
        return outcome with
        {
            Failure = Explain(build.Warnings, result),
            Kinds = result.DroppedWords > 0 ? [.. outcome.Kinds, FuzzKinds.DroppedWords] : outcome.Kinds,
            Cycles = result.Cycles.Simulated,
            Banks = result.BoundariesChecked,
            Seconds = new FuzzSeconds(written, linted - written, built - linted, watch.Elapsed.TotalSeconds - built),
        };
    }

    private static FuzzFailure? Explain(IReadOnlyList<string> lint, CoSimulationResult result)
    {
        if (lint.Count > 0)
        {
            return FuzzFailure.OfLint(lint);
        }

        (bool Is, FuzzFailureKind Kind, string Message)[] all =
        [
            (result.FirstMismatch is not null, FuzzFailureKind.Value, $"{result.FirstMismatch}"),
            (result.Hang is not null, FuzzFailureKind.Hang, result.Hang?.Split('\n')[0] ?? ""),
            (result.DropDifferences.Count > 0, FuzzFailureKind.DroppedWords, Text(result.DropDifferences)),
            (result.Cycles.Difference != 0, FuzzFailureKind.Cycles, Text(result.CycleDifferences)),
        ];
        return all.Where(entry => entry.Is).Select(entry => new FuzzFailure(entry.Kind, entry.Message)).FirstOrDefault()
            ?? (result.IsExact ? null : throw new InvalidOperationException("A run that is not exact differs in nothing."));
    }

    private static string Text(IReadOnlyList<CycleDifference> differences) => differences is [var first, ..]
        ? FormattableString.Invariant($"{first.Name}: {first.Simulated}; expected {first.Predicted}; {differences.Count} counts differ")
        : "";

    private static FuzzFailure Explain(Exception problem) => problem is ToolException
        ? new FuzzFailure(FuzzFailureKind.Tool, problem.Message)
        : new FuzzFailure(FuzzFailureKind.Exception, $"{problem.GetType().Name}: {problem.Message}");
}
