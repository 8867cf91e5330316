using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Finds a choice for each part so that together they keep the limits, or proves that there is none. At prices of the resources
/// each part's cheapest choice is independent of the others; where their sum costs more than the limits are worth, nothing fits. Prices
/// that say so are searched, and where there are none the parts are joined one by one, keeping what no other sum beats and what prices do
/// not rule out.
/// </summary>
/// <param name="constant">What does not depend on the choices.</param>
/// <param name="limits">Of each resource; infinite is none.</param>
/// <param name="widest">Sums that joining keeps at most; where there are more, what it does not find may be there. It begins with fewer.</param>
internal sealed class BudgetSolver(Resources constant, double[] limits, int widest = BudgetSolver.Narrow)
{
    /// <summary>Joins in milliseconds. Most answers are proven even so.</summary>
    public const int Narrow = 400;

    /// <summary>Joins in seconds at worst.</summary>
    public const int Wide = 40_000;

    private const int Rounds = 200;
    private const int MostBounds = 8;

    private readonly double[] _scales = [.. limits.Select(limit => double.IsInfinity(limit) ? double.PositiveInfinity : Math.Max(limit, 1))];

    /// <summary>Solves one question.</summary>
    /// <param name="fronts">Of each part.</param>
    public BudgetAnswer Solve(PartChoice[][] fronts)
    {
        double[] even = [.. limits.Select(limit => double.IsInfinity(limit) ? 0 : 1)];
        if (fronts.Any(front => front.Length == 0))
        {
            return new BudgetAnswer(null, true, even);
        }
        if (even.Sum() == 0)
        {
            return new BudgetAnswer(Cheapest(fronts, [1, 1, 0.01]), true, even);
        }
        for (var resource = 0; resource < Costs.Count; resource++)
        {
            if (Costs.Of(constant, resource) + fronts.Sum(front => front.Min(choice => Costs.Of(choice.Cost, resource))) > limits[resource])
            {
                return new BudgetAnswer(null, true, [.. Enumerable.Range(0, Costs.Count).Select(other => other == resource ? 1.0 : 0)]);
            }
        }
        var (answer, prices) = SearchPrices(fronts, even);
        for (var width = Narrow; answer is null || (answer is { Choices: null, IsProven: false } && width <= widest); width *= 10)
        {
            answer = Join(fronts, prices, width);
        }
        return answer;
    }

    /// <summary>Each part's cheapest choice at some prices.</summary>
    public static PartChoice[] Cheapest(PartChoice[][] fronts, double[] weights) => [.. fronts.Select(front =>
    {
        var (best, least) = (front[0], double.MaxValue);
        foreach (var choice in front)
        {
            var cost = Costs.Weigh(choice.Cost, weights);
            if (cost < least)
            {
                (best, least) = (choice, cost);
            }
        }
        return best;
    })];

    /// <summary>Sum with what does not depend on the choices.</summary>
    public Resources Total(IEnumerable<PartChoice> choices) => choices.Aggregate(constant, (sum, choice) => sum + choice.Cost);

    private double[] Weights(double[] prices) => [.. prices.Select((price, r) => price / _scales[r])];

    // Share of the limit by which each resource is over.
    private double[] Over(Resources total) =>
        [.. Enumerable.Range(0, Costs.Count).Select(r => double.IsInfinity(limits[r]) ? 0 : (Costs.Of(total, r) - limits[r]) / _scales[r])];

    // The largest share, for thousands of sums.
    private double Worst(in Resources total)
    {
        var worst = double.MinValue;
        for (var r = 0; r < Costs.Count; r++)
        {
            worst = Math.Max(worst, double.IsInfinity(limits[r]) ? 0 : (Costs.Of(total, r) - limits[r]) / _scales[r]);
        }
        return worst;
    }

    // Prices rise for what is over its limit: multiplicative weights. Without an answer those that come nearest to one, the nearest first.
    private (BudgetAnswer? Answer, double[][] Prices) SearchPrices(PartChoice[][] fronts, double[] start)
    {
        double[] prices = [.. start.Select(price => price / start.Sum())];
        var tried = new List<(double Value, double[] Prices)>();
        for (var round = 0; round < Rounds; round++)
        {
            var choices = Cheapest(fronts, Weights(prices));
            var over = Over(Total(choices));
            var value = prices.Zip(over, (price, share) => price * share).Sum();
            tried.Add((value, prices));
            if (value > 1e-9)
            {
                return (new BudgetAnswer(null, true, prices), []);
            }
            if (over.All(share => share <= 0))
            {
                return (new BudgetAnswer(choices, true, prices), []);
            }
            var step = 2 / (Math.Sqrt(round + 1) * over.Max(Math.Abs));
            double[] next = [.. prices.Zip(over, (price, share) => price * Math.Exp(step * share))];
            prices = [.. next.Select(price => Math.Max(price / next.Sum(), price > 0 ? 1e-6 : 0))];
        }
        return (null, [.. tried.OrderByDescending(one => one.Value).Take(MostBounds).Select(one => one.Prices)]);
    }

    private sealed record Sum(Resources Cost, Sum? Before, PartChoice? Last);

    // What sums may cost at some prices: what the limits are worth, less the cheapest of the parts to come.
    private sealed class Bound(double[] weights, double worth, PartChoice[] cheapest)
    {
        private double _left = worth - cheapest.Sum(choice => Costs.Weigh(choice.Cost, weights));

        public void Join(int part) => _left += Costs.Weigh(cheapest[part].Cost, weights);

        public bool Allows(in Resources sum) => Costs.Weigh(sum, weights) <= _left;
    }

    private Bound BoundOf(PartChoice[][] fronts, double[] prices)
    {
        var weights = Weights(prices);
        var worth = Enumerable.Range(0, Costs.Count).Sum(r => weights[r] > 0 ? weights[r] * limits[r] : 0) + 1e-9;
        return new Bound(weights, worth, Cheapest(fronts, weights));
    }

    private static bool AllAllow(Bound[] bounds, in Resources sum)
    {
        foreach (var bound in bounds)
        {
            if (!bound.Allows(sum))
            {
                return false;
            }
        }
        return true;
    }

    private BudgetAnswer Join(PartChoice[][] fronts, double[][] prices, int width)
    {
        var bounds = prices.Select(each => BoundOf(fronts, each)).ToArray();
        var cheapest = Cheapest(fronts, Weights(prices[0]));
        var order = Enumerable.Range(0, fronts.Length).OrderByDescending(n => fronts[n].Length).ToArray();
        var rest = default(Resources); // of the parts to come, at the nearest prices
        var least = default(Resources); // of each resource alone
        foreach (var n in order)
        {
            rest += cheapest[n].Cost;
            least += Costs.Least(fronts[n].Select(choice => choice.Cost));
        }
        List<Sum> sums = [new Sum(constant, null, null)];
        var isExact = true;
        foreach (var n in order)
        {
            Array.ForEach(bounds, bound => bound.Join(n));
            rest += -1 * cheapest[n].Cost;
            least += -1 * Costs.Least(fronts[n].Select(choice => choice.Cost));
            var (keys, places) = (new List<double>(), new List<int>());
            for (var place = 0; place < sums.Count * fronts[n].Length; place++)
            {
                var cost = sums[place / fronts[n].Length].Cost + fronts[n][place % fronts[n].Length].Cost;
                if (Worst(cost + least) <= 1e-12 && AllAllow(bounds, cost))
                {
                    keys.Add(Worst(cost + rest));
                    places.Add(place);
                }
            }
            var front = new CostFront<Sum>();
            foreach (var place in Sorted([.. keys], [.. places]))
            {
                if (front.Items.Count == width)
                {
                    isExact = false;
                    break;
                }
                var (sum, choice) = (sums[place / fronts[n].Length], fronts[n][place % fronts[n].Length]);
                front.Add(sum.Cost + choice.Cost, new Sum(sum.Cost + choice.Cost, sum, choice));
            }
            sums = [.. front.Items.Select(item => item.Item)];
            if (sums.Count == 0)
            {
                return new BudgetAnswer(null, isExact, prices[0]);
            }
        }
        var choices = new PartChoice[fronts.Length];
        var at = sums.MinBy(sum => Worst(sum.Cost));
        for (var n = order.Length - 1; n >= 0; n--, at = at!.Before)
        {
            choices[order[n]] = at!.Last!;
        }
        return new BudgetAnswer(choices, true, prices[0]);
    }

    // Places by their keys, of equal keys the first one first.
    private static int[] Sorted(double[] keys, int[] places)
    {
        Array.Sort(keys, places);
        for (var first = 0; first < keys.Length;)
        {
            var end = first + 1;
            while (end < keys.Length && keys[end] == keys[first])
            {
                end++;
            }
            Array.Sort(places, first, end - first);
            first = end;
        }
        return places;
    }
}
