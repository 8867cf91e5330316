using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Chooses the lanes of every unit, where its memories go and the depth of its FIFOs: the shortest interval within limits, or the cheapest design that meets a target.
/// Units run in parallel, so for an interval their choices are independent but for what they share; the interval itself is searched.
/// The answer's interval is that of the cycle model.
/// </summary>
public sealed class Tuner
{
    private const int Attempts = 6;
    private const int LeanSteps = 4;
    private const double MostLeft = 0.02;
    private const double MostLutsLeft = 0.08;
    private static readonly double[] Reserves = [0.003, 0.01];
    private static readonly double[] Spreads = [1, 0.5, 0.75, 1.25];

    private readonly DesignSpace _space;
    private readonly CandidateDesigns _designs;
    private readonly IReadOnlyList<AcceleratorDesign> _depths;
    private readonly double[] _weights;

    private Tuner(DesignSpace space, CandidateDesigns designs, IReadOnlyList<AcceleratorDesign> depths, double[] weights) =>
        (_space, _designs, _depths, _weights) = (space, designs, depths, weights);

    /// <summary>Measures every choice.</summary>
    /// <param name="designs">The network with the depths of FIFOs to choose from, the usual ones first; their lanes do not matter.</param>
    /// <param name="clips">What the engines have to do; the interval is the mean of these, sent back to back in this order.</param>
    /// <param name="price">What counts as cheap where limits leave a choice: shares of these are added up.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Tuner Measure(
        IReadOnlyList<AcceleratorDesign> designs, IReadOnlyList<ClipActivity> clips, TuneLimits price, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(designs);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(price);
        ArgumentOutOfRangeException.ThrowIfZero(clips.Count);
        AcceleratorDesign[] least = [.. designs.Select(design => design.With(design.Parameters.OneLane))];
        double[] weights = [.. price.ToArray().Select(whole => double.IsInfinity(whole) ? 0 : 1 / Math.Max(1, whole))];
        var space = DesignSpace.Measure(least[0], new UnitCosts(least[0], isKept: false), clips, ClipShares.Mean(clips.Count), cancellationToken);
        return new Tuner(space, new CandidateDesigns(space, space, least, clips), least, weights);
    }

    /// <summary>Chooses.</summary>
    /// <exception cref="InfeasibleException">Nothing keeps the limits, or nothing that does meets the target.</exception>
    public TunedDesign Tune(TuneRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var fastest = Honest(request.Limits, Fastest)!;
        if (request.TargetCycles is not long target)
        {
            var best = _designs.Best(fastest, Reserved(request.Limits), request, _ => false, cancellationToken);
            return Report(Refined(best, request, cancellationToken), fastest, cancellationToken);
        }
        // The interval is longer than the slowest unit's cycles: the search aims below the target by what it was too long.
        var aim = target;
        for (var attempt = 0; attempt < Attempts && aim >= fastest.IntervalCycles; attempt++)
        {
            if (Honest(request.Limits, limits => Cheapest(limits, aim)) is not { } point)
            {
                break;
            }
            // Below the fastest there is nothing to aim at: at last it may take all that the limits leave.
            var isLast = aim == fastest.IntervalCycles;
            var tuned = _designs.Best(point, isLast ? [point] : [], request, found => found.IntervalCycles <= target, cancellationToken);
            if (tuned.IntervalCycles <= target)
            {
                return Report(tuned, fastest, cancellationToken);
            }
            var next = (long)((double)target / tuned.IntervalCycles * tuned.BoundCycles);
            aim = Math.Min(aim - 1, attempt == 0 ? next : next - (aim / 200));
            aim = aim < fastest.IntervalCycles && attempt + 1 < Attempts && point.IntervalCycles > fastest.IntervalCycles ? fastest.IntervalCycles : aim;
        }
        // What comes nearest is what the limits allow without a target.
        var nearest = _designs.Best(
            fastest, Reserved(request.Limits), request with { ClipsPerSecond = null }, found => found.IntervalCycles <= target, cancellationToken);
        return nearest.IntervalCycles <= target
            ? Report(nearest, fastest, cancellationToken)
            : throw new TuneProblems(_space, request, _designs.Cost).Target(fastest, nearest);
    }

    /// <summary>Designs that no other beats, the fastest first: those that some prices of the resources make the cheapest for an interval.</summary>
    /// <param name="intervals">How many intervals are looked at, in equal ratios.</param>
    public IReadOnlyList<FrontPoint> Front(int intervals = 48) => new FrontSearch(_space).Find(intervals);

    /// <summary>The shortest interval by the slowest unit within limits.</summary>
    /// <exception cref="InfeasibleException">Nothing fits.</exception>
    internal TunedPoint Fastest(TuneLimits limits)
    {
        var solver = new BudgetSolver(_space.Constant, limits.ToArray(), BudgetSolver.Wide);
        var (low, high) = (_space.FastestCycles, _space.SlowestCycles);
        var best = solver.Solve(_space.At(high));
        if (best.Choices is null)
        {
            throw new TuneProblems(_space, new TuneRequest(limits, 1), _designs.Cost).Limits();
        }
        var (proven, prices) = (low, new double[Costs.Count]);
        high = _space.Interval(best.Choices);
        while (low < high)
        {
            // Costs change by ratios.
            var middle = Math.Clamp((long)Math.Sqrt((double)low * high), low, high - 1);
            var answer = solver.Solve(_space.At(middle));
            if (answer.Choices is { } choices)
            {
                (best, high) = (answer, Math.Max(low, _space.Interval(choices)));
            }
            else
            {
                (low, prices) = (middle + 1, answer.Prices);
                proven = answer.IsProven ? low : proven;
            }
        }
        return new TunedPoint(Leaner(best.Choices!, high, limits), high, proven, prices);
    }

    /// <summary>The cheapest design that meets an interval by its units; null if none was found within the limits.</summary>
    internal TunedPoint? Cheapest(TuneLimits limits, long interval)
    {
        var answer = new BudgetSolver(_space.Constant, limits.ToArray(), BudgetSolver.Wide).Solve(_space.At(interval));
        return answer.Choices is null ? null : new TunedPoint(Cheaper(answer.Choices, interval, limits), interval, interval, answer.Prices);
    }

    // The sum of the parts is the whole but for some LUTs that all stages share.
    private TunedPoint? Honest(TuneLimits limits, Func<TuneLimits, TunedPoint?> search)
    {
        var asked = limits;
        for (var attempt = 0; ; attempt++)
        {
            if (search(asked) is not { } point)
            {
                return null;
            }
            var total = _designs.Cost(point.Choices);
            if (limits.Allow(total) || attempt == Attempts)
            {
                return point;
            }
            asked = asked with { Lut = asked.Lut - Math.Max(0, total.Lut - limits.Lut ?? 0) };
        }
    }

    // The search again with an interval for each clip, in the ratios that the best design has or that are nearer to each other or less near; then changes
    // of single parts.
    private ExactDesign Refined(ExactDesign best, TuneRequest request, CancellationToken cancellationToken)
    {
        var (tuner, left, costs) = (this, request.Refinements, new UnitCosts(_depths[0], isKept: true));
        for (ExactDesign? before = null; best != before && left > 0;)
        {
            before = best;
            foreach (var spread in Spreads.Where(_ => left > 0))
            {
                var intervals = before.ClipIntervals.Select(interval => before.IntervalCycles + (long)(spread * (interval - before.IntervalCycles)));
                var space = DesignSpace.Measure(_depths[0], costs, _designs.Clips, ClipShares.Of([.. intervals]), cancellationToken);
                var next = new Tuner(space, new CandidateDesigns(space, _space, _depths, _designs.Clips), _depths, _weights);
                var count = Math.Min(left, TuneRequest.MostCandidates);
                var found = next._designs.Best(
                    next.Honest(request.Limits, next.Fastest)!, next.Reserved(request.Limits), request with { Candidates = count }, _ => false, cancellationToken);
                left -= count;
                (best, tuner) = found.IntervalCycles < best.IntervalCycles ? (found, next) : (best, tuner);
            }
        }
        return new Refinement(tuner._space, tuner._designs, _designs.Clips, request.Limits).Improve(best, left, cancellationToken);
    }

    // A slowest unit that takes all of a resource leaves nothing for the next slowest ones, and then these make clips wait.
    private IEnumerable<TunedPoint> Reserved(TuneLimits limits) => Reserves
        .Select(limits.Less)
        .Where(less => Cheapest(less, _space.SlowestCycles) is not null)
        .Select(Fastest);

    private TunedDesign Report(ExactDesign exact, TunedPoint fastest, CancellationToken cancellationToken)
    {
        // The cycle model has one core, and the front the other.
        var front = Task.Run(() => Front(), cancellationToken);
        var (last, slowest) = _designs.Once(exact, cancellationToken);
        return new TunedDesign
        {
            Design = exact.Design,
            Cost = exact.Cost,
            BoundCycles = exact.BoundCycles,
            ProvenCycles = Math.Min(fastest.ProvenCycles, exact.BoundCycles),
            IntervalCycles = exact.IntervalCycles,
            LastIntervalCycles = last,
            Slowest = slowest,
            Binding = [.. Enumerable.Range(0, Costs.Count).Where(r => fastest.Prices[r] > 0.01).OrderByDescending(r => fastest.Prices[r]).Select(r => Costs.Names[r])],
            Units = _space.Units(exact.Design.Parameters, _weights),
            Front = front.GetAwaiter().GetResult(),
        };
    }

    // Of the choices that meet the shortest interval those that leave most to units that wait: of all resources alike, and then of LUTs, which
    // everything takes.
    private PartChoice[] Leaner(PartChoice[] choices, long interval, TuneLimits limits)
    {
        foreach (var (most, less) in new (double, Func<TuneLimits, double, TuneLimits>)[]
        {
            (MostLeft, (start, share) => start.Less(share)), (MostLutsLeft, (start, share) => start with { Lut = start.Less(share).Lut }),
        })
        {
            var (start, low, high) = (limits, 0.0, most);
            if (less(start, most).Allow(new BudgetSolver(_space.Constant, limits.ToArray()).Total(choices)))
            {
                continue;
            }
            for (var step = 0; step < LeanSteps; step++)
            {
                var middle = (low + high) / 2;
                var asked = less(start, middle);
                if (new BudgetSolver(_space.Constant, asked.ToArray()).Solve(_space.At(interval)).Choices is { } leaner)
                {
                    (choices, limits, low) = (leaner, asked, middle);
                }
                else
                {
                    high = middle;
                }
            }
        }
        return Cheaper(choices, interval, limits);
    }

    // Swaps of single parts, while they make the whole cheaper and keep the limits.
    private PartChoice[] Cheaper(PartChoice[] choices, long interval, TuneLimits limits)
    {
        var fronts = _space.At(interval);
        var solver = new BudgetSolver(_space.Constant, limits.ToArray());
        var cheapest = BudgetSolver.Cheapest(fronts, _weights);
        if (limits.Allow(solver.Total(cheapest)))
        {
            return cheapest;
        }
        PartChoice[] chosen = [.. choices];
        var total = solver.Total(chosen);
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            for (var n = 0; n < chosen.Length; n++)
            {
                foreach (var other in fronts[n])
                {
                    var cost = total + other.Cost + (-1 * chosen[n].Cost);
                    if (Costs.Weigh(cost, _weights) < Costs.Weigh(total, _weights) - 1e-12 && limits.Allow(cost))
                    {
                        (chosen[n], total, isChanged) = (other, cost, true);
                    }
                }
            }
        }
        return chosen;
    }
}
