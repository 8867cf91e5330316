using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>The front of a whole network in resources and interval.</summary>
internal sealed class FrontSearch(DesignSpace space)
{
    private const int Steps = 6; // of each price

    /// <summary>Points that are the cheapest of their interval at some prices.</summary>
    public IReadOnlyList<FrontPoint> Find(int intervals)
    {
        var (first, last) = (space.FastestCycles, space.SlowestCycles);
        var ratio = Math.Pow((double)last / first, 1.0 / Math.Max(1, intervals - 1));
        var solver = new BudgetSolver(space.Constant, [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity]);
        var points = new List<FrontPoint>();
        var front = new CostFront<FrontPoint>();
        // A point is beaten only by what is no slower.
        for (var n = 0; n < intervals; n++)
        {
            var interval = n == intervals - 1 ? last : (long)Math.Ceiling(first * Math.Pow(ratio, n));
            var fronts = space.At(interval);
            if (fronts.Any(choices => choices.Length == 0))
            {
                continue;
            }
            var found = Prices().Select(prices => BudgetSolver.Cheapest(fronts, prices))
                .Select(choices => new FrontPoint(solver.Total(choices), space.Interval(choices))).Distinct().OrderBy(point => point.BoundCycles);
            foreach (var point in found.Where(point => !front.Beats(point.Cost)))
            {
                front.Add(point.Cost, point);
                points.Add(point);
            }
        }
        return [.. points.OrderBy(point => point.BoundCycles).ThenBy(point => point.Cost.Dsp)];
    }

    // A triangle of prices; a DSP block, half a block RAM and a hundred LUTs are worth about the same.
    private static IEnumerable<double[]> Prices()
    {
        for (var dsp = 0; dsp <= Steps; dsp++)
        {
            for (var bram = 0; dsp + bram <= Steps; bram++)
            {
                yield return [dsp + 1e-3, bram + 1e-3, (Steps - dsp - bram + 1e-3) / 100];
            }
        }
    }
}
