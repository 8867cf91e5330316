using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Shortens the interval that the cycle model finds. Units wait for each other's rows and frames, so that they are slower than the slowest of
/// them is busy (<see cref="RowFlow"/>). The search is repeated with these cycles, for the shortest interval and for some
/// above it; then single parts are made faster, others cheaper where the limits ask for it. What the cycle model finds shorter is kept.
/// </summary>
/// <param name="space">All choices.</param>
/// <param name="designs">Runs them.</param>
/// <param name="clips">What is run.</param>
/// <param name="limits">What a design may take.</param>
internal sealed class Refinement(DesignSpace space, CandidateDesigns designs, IReadOnlyList<ClipActivity> clips, TuneLimits limits)
{
    private const int Slowest = 12; // parts that are made faster
    private const int Steps = 12; // of bisection
    private const int Tries = 4; // faster forms of a part
    private const int MostCheaper = 16; // parts that pay for it

    // Forms that are so much faster by their units may be the cheapest that are fast enough with waiting.
    private static readonly double[] Margins = [1, 0.99, 0.975, 0.96];

    // Intervals above the shortest.
    private static readonly double[] Above = [1, 1.003];

    private readonly HashSet<string> _seen = [];
    private readonly BudgetSolver _solver = new(space.Constant, limits.ToArray());

    /// <summary>The best design found.</summary>
    /// <param name="start">It keeps the limits.</param>
    /// <param name="runs">Further designs that the cycle model may run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ExactDesign Improve(ExactDesign start, int runs, CancellationToken cancellationToken)
    {
        if (runs == 0)
        {
            return start;
        }
        _seen.Add(Key(start.Design));
        var best = Best(start, Searched(start), ref runs, false, cancellationToken);
        for (ExactDesign? before = null; best != before && runs > 0;)
        {
            before = best;
            best = Best(best, Faster(best), ref runs, true, cancellationToken);
        }
        return best;
    }

    // Two at a time, whatever the cores, so that the result is the same everywhere.
    private ExactDesign Best(
        ExactDesign best, IEnumerable<PartChoice[]?> moves, ref int runs, bool isFirst, CancellationToken cancellationToken)
    {
        var start = best;
        foreach (var pair in moves.OfType<PartChoice[]>().Select(choices => (Design: space.Design(choices, start.Design), Choices: choices))
            .Where(move => limits.Allow(DesignResources.Of(move.Design).Total) && _seen.Add(Key(move.Design))).Take(runs).Chunk(2))
        {
            runs -= pair.Length;
            var found = designs.Run(pair, cancellationToken).MinBy(other => other.IntervalCycles)!;
            best = found.IntervalCycles < best.IntervalCycles ? found : best;
            if (isFirst && best != start)
            {
                break;
            }
        }
        return best;
    }

    private IEnumerable<PartChoice[]?> Searched(ExactDesign start)
    {
        var (low, high) = (space.FastestCycles, start.IntervalCycles);
        for (var step = 0; step < Steps && low < high; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Solve(middle) is null ? (middle + 1, high) : (low, middle);
        }
        foreach (var above in Above)
        {
            yield return Solve((long)(high * above));
        }
    }

    // One part faster, others cheaper.
    private IEnumerable<PartChoice[]> Faster(ExactDesign from)
    {
        var own = from.Choices;
        var slowest = own.Select((choice, n) => Cycles(n, choice)).Max();
        var forms = Forms(slowest);
        foreach (var n in Enumerable.Range(0, own.Length).OrderByDescending(n => Cycles(n, own[n])).Take(Slowest))
        {
            var faster = forms[n].Where(form => Cycles(n, form) < Cycles(n, own[n])).OrderBy(form => form.Cost.Dsp).ThenBy(form => form.Cost.Lut);
            foreach (var form in faster.DistinctBy(form => form.Cost).Take(Tries))
            {
                if (Afford([.. own.Select((choice, part) => part == n ? form : choice)], n, forms, slowest) is { } choices)
                {
                    yield return choices;
                }
            }
        }
    }

    // Other parts cheaper, the least slow ones first, until the limits hold; null where they do not.
    private PartChoice[]? Afford(PartChoice[] choices, int except, PartChoice[][] forms, long below)
    {
        for (var step = 0; step < MostCheaper; step++)
        {
            var total = _solver.Total(choices);
            if (limits.Allow(total))
            {
                return choices;
            }
            var cheaper = from part in Enumerable.Range(0, choices.Length)
                          where part != except
                          from other in forms[part]
                          let cycles = Cycles(part, other)
                          where cycles < below && Excess(total + other.Cost + (-1 * choices[part].Cost)) < Excess(total)
                          orderby cycles
                          select (part, other);
            if (cheaper.Select(found => ((int, PartChoice)?)found).FirstOrDefault() is not (var at, { } choice))
            {
                return null;
            }
            choices[at] = choice;
        }
        return null;
    }

    private double Excess(Resources cost) =>
        limits.ToArray().Select((limit, r) => double.IsInfinity(limit) ? 0 : Math.Max(0, Costs.Of(cost, r) - limit) / Math.Max(1, limit)).Sum();

    // The choices that are within an interval with waiting, and what is left for the slowest; null where nothing fits.
    private PartChoice[]? Solve(long interval) =>
        _solver.Solve(Forms(interval)).Choices is { } choices ? designs.Slack(choices, interval, limits) : null;

    private PartChoice[][] Forms(long interval)
    {
        var fronts = Margins.Select(margin => space.AtOrFastest((long)(margin * interval))).ToArray();
        return [.. fronts[0].Select((_, n) => fronts.SelectMany(front => front[n]).AsParallel().AsOrdered().Where(choice => Cycles(n, choice) <= interval).ToArray())];
    }

    private long Cycles(int part, PartChoice choice) => Math.Max(choice.Cycles, space.Waiting(part, choice, clips));

    private static string Key(AcceleratorDesign design) => string.Join(';', design.Parameters.Blocks) + design.Parameters.PoolWidth + ' ' + design.Parameters.ClassifierLanes;
}
