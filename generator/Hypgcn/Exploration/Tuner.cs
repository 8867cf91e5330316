using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Chooses the lanes of every unit: the shortest interval within limits, or the cheapest design that meets an interval. Units run in
/// parallel, so for an interval their choices are independent but for what they share; the interval itself is searched. The answer's interval
/// is that of the cycle model.
/// </summary>
public sealed class Tuner
{
    private readonly AcceleratorDesign _least;
    private readonly IReadOnlyList<ClipActivity> _clips;
    private readonly DesignSpace _space;
    private readonly double[] _weights;

    private Tuner(AcceleratorDesign least, IReadOnlyList<ClipActivity> clips, DesignSpace space, double[] weights) =>
        (_least, _clips, _space, _weights) = (least, clips, space, weights);

    /// <summary>Measures every choice.</summary>
    /// <param name="design">The network; its FIFOs are kept, its lanes do not matter.</param>
    /// <param name="clips">What the engines have to do; the interval is the mean of these, sent back to back in this order.</param>
    /// <param name="price">What counts as cheap where limits leave a choice: shares of these are added up.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Tuner Measure(
        AcceleratorDesign design, IReadOnlyList<ClipActivity> clips, TuneLimits price, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentOutOfRangeException.ThrowIfZero(clips.Count);
        var least = design.With(Least(design.Parameters));
        double[] weights = [.. price.ToArray().Select(whole => double.IsInfinity(whole) ? 0 : 1 / Math.Max(1, whole))];
        return new Tuner(least, clips, DesignSpace.Measure(least, clips, cancellationToken), weights);
    }

    /// <summary>The shortest interval by the slowest unit within limits.</summary>
    /// <exception cref="InfeasibleException">Nothing fits.</exception>
    internal TunedPoint Fastest(TuneLimits limits)
    {
        var solver = new BudgetSolver(_space.Constant, limits.ToArray());
        var (low, high) = (_space.FastestCycles, _space.SlowestCycles);
        var best = solver.Solve(_space.At(high));
        if (best.Choices is null)
        {
            throw Infeasible(limits, best.Prices);
        }
        var (proven, prices) = (low, new double[Costs.Count]);
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
                low = middle + 1;
                prices = answer.Prices;
                proven = answer.IsProven ? Math.Max(proven, low) : proven;
            }
        }
        return new TunedPoint(Cheaper(best.Choices!, high, limits), high, proven, prices);
    }

    /// <summary>The cheapest design that meets an interval by its units.</summary>
    internal TunedPoint? Cheapest(TuneLimits limits, long interval)
    {
        var answer = new BudgetSolver(_space.Constant, limits.ToArray()).Solve(_space.At(interval));
        return answer.Choices is null ? null : new TunedPoint(Cheaper(answer.Choices, interval, limits), interval, interval, answer.Prices);
    }

    /// <summary>A design with its resources and its exact interval.</summary>
    internal TunedDesign Evaluate(TunedPoint point, CancellationToken cancellationToken = default)
    {
        var design = _space.Design(point.Choices);
        // A clip alone would have no interval.
        var clips = _clips.Count > 1 ? _clips : [_clips[0], _clips[0], _clips[0]];
        var outputs = CycleModel.Predict(design, clips, new PortPattern(), cancellationToken).LastOutput;
        return new TunedDesign
        {
            Design = design,
            Cost = DesignResources.Of(design).Total,
            BoundCycles = _space.Interval(point.Choices),
            ProvenCycles = point.ProvenCycles,
            IntervalCycles = Work.Mean(outputs[^1] - outputs[0], outputs.Length - 1),
            LastIntervalCycles = outputs[^1] - outputs[^2],
        };
    }

    internal DesignSpace Space => _space;

    private InfeasibleException Infeasible(TuneLimits limits, double[] prices) => new(string.Join(",", prices) + limits);

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

    private static HardwareParameters Least(HardwareParameters parameters) => parameters with
    {
        PoolWidth = 1,
        ClassifierLanes = 1,
        Blocks = [.. parameters.Blocks.Select(block => block.OneLane)],
    };
}
