using System.Globalization;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Why nothing fits, by how much, and what would.</summary>
/// <param name="space">All choices.</param>
/// <param name="request">What was asked for.</param>
/// <param name="whole">What the design of some choices takes.</param>
internal sealed class TuneProblems(DesignSpace space, TuneRequest request, Func<PartChoice[], Resources> whole)
{
    private static readonly string[] Units = ["DSP", "BRAM36", "LUT"];

    private readonly double[] _limits = request.Limits.ToArray();

    /// <summary>No interval is long enough for the limits.</summary>
    public InfeasibleException Limits()
    {
        var fronts = space.At(space.SlowestCycles);
        var problems = new List<string>();
        for (var resource = 0; resource < Costs.Count; resource++)
        {
            var least = Costs.Of(space.Constant, resource) + fronts.Sum(front => front.Min(choice => Costs.Of(choice.Cost, resource)));
            if (least > _limits[resource])
            {
                problems.Add($"--{Costs.Names[resource]}: the limit is {Show(resource, _limits[resource])}; the network needs at least "
                    + $"{Show(resource, least)}, however long a clip may take. Raise it by {Show(resource, Math.Ceiling(least) - _limits[resource])} or prune the network.");
            }
        }
        if (problems.Count > 0)
        {
            return new InfeasibleException(string.Join(" ", problems));
        }
        var all = Least(0, thousandths => Solve(More(thousandths), fronts));
        return new InfeasibleException(
            $"limits: {List(_limits)} together are too little, however long a clip may take; each alone would do. "
            + $"Raise them by {Percent(all.Enough)}, to {List(More(all.Enough))}{Unless(all, Percent)}.");
    }

    /// <summary>The limits allow designs, but none that is fast enough.</summary>
    /// <param name="fastest">The fastest by its slowest unit.</param>
    /// <param name="exact">The fastest by the cycle model.</param>
    public InfeasibleException Target(TunedPoint fastest, ExactDesign exact)
    {
        var target = request.TargetCycles!.Value;
        var reach = Math.Floor(request.ClockMhz * 1e6 / exact.IntervalCycles * 10) / 10;
        var head = string.Create(CultureInfo.InvariantCulture,
            $"--fps: {request.ClipsPerSecond} clips/s at {request.ClockMhz} MHz leave {target} cycles for a clip; ");
        var end = string.Create(CultureInfo.InvariantCulture,
            $"Ask for {reach} clips/s ({exact.IntervalCycles} cycles; within the limits the slowest unit takes at least {fastest.ProvenCycles})");
        if (target < space.FastestCycles)
        {
            return new InfeasibleException($"{head}the network's units need at least {space.FastestCycles} with all lanes that they can have. {end} or prune the network.");
        }
        if (target >= fastest.IntervalCycles)
        {
            return new InfeasibleException(
                $"{head}the units would do, but with waiting for each other it is {exact.IntervalCycles}. {end}, or raise the limits.");
        }
        var fronts = space.At(target);
        var order = Enumerable.Range(0, Costs.Count).Where(r => !double.IsInfinity(_limits[r])).OrderByDescending(r => fastest.Prices[r]);
        foreach (var resource in order)
        {
            BudgetAnswer With(double value) => Solve([.. _limits.Select((limit, r) => r == resource ? value : limit)], fronts);
            if (With(double.PositiveInfinity).Choices is not null)
            {
                var least = Least((long)_limits[resource], value => With(value));
                return new InfeasibleException(
                    $"{head}that takes at least {Show(resource, least.Enough)}, {Show(resource, least.Enough - _limits[resource])} more than the limit"
                    + $"{Unless(least, value => Show(resource, value))}. {end}, or raise --{Costs.Names[resource]}.");
            }
        }
        var all = Least(0, thousandths => Solve(More(thousandths), fronts));
        return new InfeasibleException(
            $"{head}that takes at least {List(More(all.Enough))}, {Percent(all.Enough)} more than the limits{Unless(all, Percent)}. {end}, or raise the limits.");
    }

    // What fits as a whole too: with few stages it may take some LUTs more than its parts. What is asked of the parts then proves nothing.
    private BudgetAnswer Solve(double[] limits, PartChoice[][] fronts)
    {
        double[] asked = [.. limits];
        while (true)
        {
            var answer = new BudgetSolver(space.Constant, asked, BudgetSolver.Wide).Solve(fronts);
            var over = answer.Choices is { } choices ? whole(choices).Lut - limits[^1] : 0;
            if (over <= 0)
            {
                return answer with { IsProven = answer.IsProven && asked[^1] == limits[^1] };
            }
            asked[^1] -= over;
        }
    }

    // Limits that are so many thousandths higher, whole.
    private double[] More(long thousandths) => [.. _limits.Select(limit => Math.Ceiling(limit * (1000 + thousandths) / 1000))];

    // The least whole number above one that is too little that will do, where it is known that some does. Proven is the largest that is known to be too
    // little.
    private static (long Enough, long? Proven) Least(long from, Func<long, BudgetAnswer> solve)
    {
        var (low, high, step) = (from, long.MaxValue, 1L);
        long? proven = solve(from).IsProven ? from : null;
        while (high - low > 1)
        {
            var middle = high == long.MaxValue ? low + step : low + ((high - low) / 2);
            var answer = solve(middle);
            if (answer.Choices is not null)
            {
                high = middle;
            }
            else
            {
                (low, step) = (middle, 2 * step);
                proven = answer.IsProven ? middle : proven;
            }
        }
        return (high, proven);
    }

    private static string Unless((long Enough, long? Proven) least, Func<long, string> show) => least.Proven switch
    {
        { } proven when proven == least.Enough - 1 => "",
        { } proven => $" (it is proven for {show(proven)} only that it is too little)",
        null => " (less may do)",
    };

    private static string List(double[] limits) => string.Join(
        ", ", Enumerable.Range(0, Costs.Count).Where(r => !double.IsInfinity(limits[r])).Select(r => Show(r, limits[r])));

    private static string Percent(long thousandths) => string.Create(CultureInfo.InvariantCulture, $"{thousandths / 10.0:0.0} %");

    private static string Show(int resource, double value) => string.Create(
        CultureInfo.InvariantCulture, $"{(resource == 1 ? Math.Ceiling(value) / 2 : Math.Ceiling(value))} {Units[resource]}");
}
