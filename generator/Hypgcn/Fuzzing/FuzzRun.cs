using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hypgcn.Fuzzing;

/// <summary>Checks many random designs, several at a time.</summary>
/// <param name="check">Checks one design, as <see cref="FuzzChecker"/> does; any number at a time.</param>
public sealed class FuzzRun(Func<FuzzDesign, CancellationToken, Task<FuzzOutcome>> check)
{
    /// <summary>Designs at a time, 1 or more.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    public FuzzBounds Bounds { get; init; } = FuzzBounds.Small;

    /// <summary>Draws and checks the designs of consecutive seeds.</summary>
    /// <param name="seed">The first seed.</param>
    /// <param name="count">Number of designs, 1 or more.</param>
    /// <param name="progress">Hears of every design.</param>
    /// <param name="cancellationToken">Ends all processes.</param>
    public async Task<FuzzResult> RunAsync(int seed, int count, IProgress<FuzzProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var watch = Stopwatch.StartNew();
        var outcomes = new ConcurrentBag<FuzzOutcome>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, parallel, async (index, token) =>
        {
            outcomes.Add(await RunAsync(seed + index, token).ConfigureAwait(false));
            progress?.Report(new FuzzProgress(
                outcomes.Count, outcomes.Count(outcome => outcome.Failure is not null), FormattableString.Invariant($"seed {seed + index}")));
        }).ConfigureAwait(false);
        return Summarise([.. outcomes], watch.Elapsed.TotalSeconds);
    }

    /// <summary>Adds up.</summary>
    /// <param name="outcomes">In any order.</param>
    /// <param name="wallSeconds">What they took together.</param>
    public static FuzzResult Summarise(IReadOnlyCollection<FuzzOutcome> outcomes, double wallSeconds) => new FuzzResult
    {
        Designs = outcomes.Count,
        Refusals = outcomes.Sum(outcome => outcome.Refusals),
        Failures = [.. outcomes.Where(outcome => outcome.Failure is not null).OrderBy(outcome => outcome.Case.Seed)],
        Kinds = outcomes.SelectMany(outcome => outcome.Kinds).CountBy(kind => kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).ToDictionary(),
        Cycles = outcomes.Sum(outcome => outcome.Cycles),
        Banks = outcomes.Sum(outcome => outcome.Banks),
        Seconds = outcomes.Aggregate(default(FuzzSeconds), (sum, outcome) => sum + outcome.Seconds),
        WallSeconds = wallSeconds,
    };

    private async Task<FuzzOutcome> RunAsync(int seed, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        FuzzDesign design = FuzzDraw.Draw(seed, Bounds);
        double drawn = watch.Elapsed.TotalSeconds;
        FuzzOutcome outcome = await check(design, cancellationToken).ConfigureAwait(false);
        return outcome with { Seconds = outcome.Seconds + new FuzzSeconds(drawn, 0, 0, 0) };
    }
}
