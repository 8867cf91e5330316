using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Makes designs of choices and runs them in the cycle model. A design waits where units take turns at being slow, so that the same interval by the
/// slowest unit is not the same interval: deeper FIFOs, and lanes for the next slowest units as far as the limits allow, are tried as well.
/// </summary>
/// <param name="space">All choices.</param>
/// <param name="means">The same with cycles that are the mean of the clips.</param>
/// <param name="depths">The network with depths of FIFOs to choose from.</param>
/// <param name="clips">What is run.</param>
internal sealed class CandidateDesigns(
    DesignSpace space, DesignSpace means, IReadOnlyList<AcceleratorDesign> depths, IReadOnlyList<ClipActivity> clips)
{
    private const long CyclesToRun = 4_000_000; // some seconds of two cores

    // The first two clips fill the accelerator, and then every clip counts once.
    private readonly IReadOnlyList<ClipActivity> _runs = [.. clips, clips[0], clips[1 % clips.Count]];

    /// <summary>What is run, each once.</summary>
    public IReadOnlyList<ClipActivity> Clips => clips;

    /// <summary>The candidate with the shortest interval, or the first that will do.</summary>
    /// <param name="point">Choices.</param>
    /// <param name="reserved">Choices that give what the limits leave to units that are not the slowest.</param>
    /// <param name="request">Has limits, which no candidate may exceed.</param>
    /// <param name="isEnough">Whether a candidate will do; they come with rising cost.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ExactDesign Best(
        TunedPoint point, IEnumerable<TunedPoint> reserved, TuneRequest request, Func<ExactDesign, bool> isEnough, CancellationToken cancellationToken)
    {
        ExactDesign? best = null;
        foreach (var pair in Candidates(point, reserved, request).Take(request.Candidates ?? Count(point, request.TargetCycles is not null)).Chunk(2))
        {
            foreach (var candidate in Run(pair, cancellationToken))
            {
                best = best is null || candidate.IntervalCycles < best.IntervalCycles ? candidate : best;
                if (isEnough(best))
                {
                    return best;
                }
            }
        }
        return best!;
    }

    /// <summary>Runs designs side by side.</summary>
    public ExactDesign[] Run(IReadOnlyList<(AcceleratorDesign Design, PartChoice[] Choices)> found, CancellationToken cancellationToken)
    {
        var exact = new ExactDesign[found.Count];
        Parallel.For(0, exact.Length, AllCores.With(cancellationToken), n => exact[n] = Run(found[n].Design, found[n].Choices, cancellationToken));
        return exact;
    }

    /// <summary>
    /// Each clip once, nothing behind the last: cycles between the results of the last two clips (of a single clip the interval), and the stage that is busy
    /// longest with its cycles per clip.
    /// </summary>
    // A clip behind would take part in the last one's time: additions to a ring go before its drains.
    public (long LastInterval, (string Stage, long Cycles) Slowest) Once(ExactDesign exact, CancellationToken cancellationToken)
    {
        var prediction = CycleModel.Predict(exact.Design, clips, new PortPattern(), cancellationToken);
        var outputs = prediction.LastOutput;
        var slowest = prediction.Stages.MaxBy(stage => stage.Busy)!;
        return (clips.Count == 1 ? exact.IntervalCycles : outputs[^1] - outputs[^2], (slowest.Name, Work.Mean(slowest.Busy, clips.Count)));
    }

    /// <summary>What a design with the usual FIFOs takes.</summary>
    public Resources Cost(PartChoice[] choices) => DesignResources.Of(space.Design(choices, depths[0])).Total;

    // With a target the first that will do ends the search.
    private int Count(TunedPoint point, bool isTarget) => isTarget
        ? int.MaxValue
        : CyclesToRun / (point.IntervalCycles * (_runs.Count + 3)) < TuneRequest.MostCandidates ? 2 : TuneRequest.MostCandidates;

    private IEnumerable<(AcceleratorDesign Design, PartChoice[] Choices)> Candidates(TunedPoint point, IEnumerable<TunedPoint> reserved, TuneRequest request)
    {
        var limits = request.Limits;
        var seen = new HashSet<string>();
        var slacks = reserved.Select(other => Slack(other.Choices, other.IntervalCycles, limits));
        IEnumerable<(AcceleratorDesign, PartChoice[])> candidates;
        if (request.TargetCycles is null)
        {
            // The last depths come right after the point itself: they are nearly always the fastest.
            var slack = Slack(point.Choices, point.IntervalCycles, limits);
            candidates = [(depths[0], point.Choices), (depths[^1], slack), .. slacks.Select(choices => (depths[^1], choices)), (depths[0], slack), (depths[^1], point.Choices)];
        }
        else
        {
            // By cost; what uses up the limits only where nothing else is left to try.
            var relieved = Relieved(point.Choices, point.IntervalCycles, limits);
            candidates = new[] { point.Choices, relieved }.Concat(slacks).SelectMany(choices => depths.Select(depth => (depth, choices)));
        }
        foreach (var (depth, choices) in candidates)
        {
            var design = space.Design(choices, depth);
            var isNew = seen.Add(string.Join(';', design.Parameters.Blocks) + design.Parameters.PoolWidth + ' ' + design.Parameters.ClassifierLanes);
            // The point itself keeps the limits by the sum of its parts.
            if (isNew && ((depth == depths[0] && choices == point.Choices) || limits.Allow(DesignResources.Of(design).Total)))
            {
                yield return (design, choices);
            }
        }
    }

    /// <summary>Choices with what the limits leave for the parts that waiting makes slower than the slowest, and then for those that are nearly as slow.</summary>
    /// <param name="choices">Of each part.</param>
    /// <param name="interval">How slow the slowest is.</param>
    /// <param name="limits">What all may take together.</param>
    public PartChoice[] Slack(PartChoice[] choices, long interval, TuneLimits limits)
    {
        var chosen = Relieved(choices, interval, limits);
        var total = Total(chosen, limits);
        var faster = space.AtOrFastest(interval * 9 / 10);
        var weights = Weights(limits);
        foreach (var n in Enumerable.Range(0, chosen.Length).OrderByDescending(n => chosen[n].Cycles))
        {
            if (chosen[n].Cycles * 10 <= interval * 9)
            {
                break;
            }
            foreach (var choice in faster[n].OrderBy(choice => Costs.Weigh(choice.Cost, weights)))
            {
                var cost = total + choice.Cost + (-1 * chosen[n].Cost);
                if (limits.Allow(cost))
                {
                    (chosen[n], total) = (choice, cost);
                    break;
                }
            }
        }
        return chosen;
    }

    // Forms that wait less for parts that waiting makes slower than the slowest.
    private PartChoice[] Relieved(PartChoice[] choices, long interval, TuneLimits limits)
    {
        PartChoice[] chosen = [.. choices];
        var total = Total(chosen, limits);
        var weights = Weights(limits);
        foreach (var n in Enumerable.Range(0, chosen.Length).Where(n => space.Waiting(n, chosen[n], clips) > interval))
        {
            var affordable = space.AtOrFastest(interval)[n].OrderBy(choice => Costs.Weigh(choice.Cost, weights))
                .Where(choice => limits.Allow(total + choice.Cost + (-1 * chosen[n].Cost)) && space.Waiting(n, choice, clips) <= interval);
            foreach (var choice in affordable.Take(1))
            {
                (total, chosen[n]) = (total + choice.Cost + (-1 * chosen[n].Cost), choice);
            }
        }
        return chosen;
    }

    private Resources Total(PartChoice[] choices, TuneLimits limits) => new BudgetSolver(space.Constant, limits.ToArray()).Total(choices);

    private static double[] Weights(TuneLimits limits) => [.. limits.ToArray().Select(limit => double.IsInfinity(limit) ? 1e-6 : 1 / Math.Max(1, limit))];

    private ExactDesign Run(AcceleratorDesign design, PartChoice[] choices, CancellationToken cancellationToken)
    {
        var outputs = CycleModel.Predict(design, _runs, new PortPattern(), cancellationToken).LastOutput;
        var mean = Work.Mean(outputs[clips.Count + 1] - outputs[1], clips.Count);
        // The results that count are those of the second clip to the last, and of the first again.
        long[] each = [.. Enumerable.Range(0, clips.Count).Select(clip => clip < 2 ? clip + clips.Count : clip).Select(run => outputs[run] - outputs[run - 1])];
        return new ExactDesign(design, choices, DesignResources.Of(design).Total, means.Bound(design), mean, each);
    }
}
