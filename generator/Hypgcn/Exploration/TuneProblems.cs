using System.Globalization;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Why nothing fits, by how much, and what would.</summary>
internal sealed class TuneProblems(DesignSpace space, TuneRequest request)
{
    private static readonly string[] Units = ["DSP", "BRAM36", "LUT"];

    // The search is over, so that there is time for a closer answer.
    private const int LargestWidth = 4000;

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
                    + $"{Show(resource, least)}, however long a clip may take. Raise it by {Show(resource, RoundUp(least) - _limits[resource])} or prune the network.");
            }
        }
        if (problems.Count > 0)
        {
            return new InfeasibleException(string.Join(" ", problems));
        }
        var factor = Least(1, value => new BudgetSolver(space.Constant, [.. _limits.Select(limit => limit * value)], LargestWidth).Solve(fronts).Choices is not null);
        return new InfeasibleException(
            $"limits: {List(_limits)} together are too little, however long a clip may take; each alone would do. "
            + $"Raise them by {Percent(factor)}, to {List([.. _limits.Select((limit, r) => RoundUp(limit * factor))])}.");
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
        var end = string.Create(CultureInfo.InvariantCulture, $"Ask for {reach} clips/s ({exact.IntervalCycles} cycles)");
        if (target < space.FastestCycles)
        {
            return new InfeasibleException($"{head}the network's units need at least {space.FastestCycles} with all lanes that they can have. {end} or prune the network.");
        }
        if (target >= fastest.IntervalCycles)
        {
            return new InfeasibleException(
                $"{head}within the limits the slowest unit takes {exact.BoundCycles}, and with waiting it is {exact.IntervalCycles}. {end}, or raise the limits.");
        }
        var fronts = space.At(target);
        var order = Enumerable.Range(0, Costs.Count).Where(r => !double.IsInfinity(_limits[r])).OrderByDescending(r => fastest.Prices[r]);
        foreach (var resource in order)
        {
            bool Fits(double value) =>
                new BudgetSolver(space.Constant, [.. _limits.Select((limit, r) => r == resource ? value : limit)]).Solve(fronts).Choices is not null;
            if (Fits(double.PositiveInfinity))
            {
                var needed = RoundUp(_limits[resource] * Least(1, factor => Fits(_limits[resource] * factor)));
                while (Fits(needed - 1) && needed - 1 > _limits[resource])
                {
                    needed--;
                }
                return new InfeasibleException(
                    $"{head}that takes at least {Show(resource, needed)}, {Show(resource, needed - _limits[resource])} more than the limit. {end}, or raise --{Costs.Names[resource]}.");
            }
        }
        var all = Least(1, factor => new BudgetSolver(space.Constant, [.. _limits.Select(limit => limit * factor)]).Solve(fronts).Choices is not null);
        return new InfeasibleException(
            $"{head}that takes at least {List([.. _limits.Select((limit, r) => RoundUp(limit * all))])}, {Percent(all)} more than the limits. {end}, or raise the limits.");
    }

    // The least factor from a value on that will do, to a thousandth; it is known that some does.
    private static double Least(double from, Func<double, bool> isEnough)
    {
        var (low, high) = (from, 2 * from);
        while (!isEnough(high))
        {
            (low, high) = (high, 2 * high);
        }
        while (high - low > 0.0005 * from)
        {
            var middle = (low + high) / 2;
            (low, high) = isEnough(middle) ? (low, middle) : (middle, high);
        }
        return high;
    }

    private static string List(double[] limits) => string.Join(
        ", ", Enumerable.Range(0, Costs.Count).Where(r => !double.IsInfinity(limits[r])).Select(r => Show(r, limits[r])));

    private static double RoundUp(double value) => Math.Ceiling(value);

    private static string Percent(double factor) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(1000 * (factor - 1)) / 10:0.0} %");

    private static string Show(int resource, double value) => string.Create(
        CultureInfo.InvariantCulture, $"{(resource == 1 ? Math.Ceiling(value) / 2 : Math.Ceiling(value))} {Units[resource]}");
}
