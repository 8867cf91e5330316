using Hypgcn.Cycles;
using Hypgcn.Hardware;
using Hypgcn.Quantization;

namespace Hypgcn.Exploration;

/// <summary>
/// Balances a design: the smallest interval per clip for which every engine's cheapest sufficient lane count fits a budget
/// of multipliers. Engines run in parallel, so for a given interval each one's choice is independent of the others.
/// </summary>
public static class LaneAllocator
{
    private static readonly int[] Widths = [1, 2, 4, 8, 16];

    /// <summary>Chooses all lanes.</summary>
    /// <param name="model">The network.</param>
    /// <param name="clips">Counts of non-zeros of representative clips; the slowest of them counts.</param>
    /// <param name="multipliers">Budget of multipliers.</param>
    /// <returns>Parameters whose design uses at most the budget.</returns>
    /// <exception cref="HypgcnException">Even one lane per engine is over the budget.</exception>
    public static HardwareParameters Allocate(QuantizedModel model, IReadOnlyList<ClipActivity> clips, int multipliers)
    {
        var smallest = Smallest(model);
        var least = new AcceleratorDesign("least", model, smallest).Multipliers;
        if (least > multipliers)
        {
            throw new HypgcnException(
                $"multipliers: the budget is {multipliers}; the network needs at least {least}. Raise the budget by {least - multipliers}.");
        }
        var tables = new AcceleratorDesign("least", model, smallest).Blocks.Select(block => BlockChoices.Measure(block, clips)).ToList();
        long low = 1;
        var high = tables.Max(table => table.SlowestCycles);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var chosen = Choose(model, tables, middle);
            if (chosen is not null && new AcceleratorDesign("try", model, chosen).Multipliers <= multipliers)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        return Choose(model, tables, high) ?? smallest;
    }

    private static HardwareParameters Smallest(QuantizedModel model) =>
        new() { Blocks = [.. model.Blocks.Select(_ => new BlockParameters())], PoolWidth = 1 };

    private static HardwareParameters? Choose(QuantizedModel model, List<BlockChoices> tables, long interval)
    {
        var blocks = tables.Select(table => table.Choose(interval)).ToList();
        if (blocks.Contains(null))
        {
            return null;
        }
        var parameters = new HardwareParameters { Blocks = [.. blocks.Select(block => block!)] };
        var last = new AcceleratorDesign("last", model, parameters with { PoolWidth = 1 });
        var channels = last.Blocks[^1].Integers.OutputChannels;
        var pool = Widths.Take(4).FirstOrDefault(width => (long)last.PoolRows * last.Blocks[^1].OutBanks * 16 / width <= interval);
        var lanes = Enumerable.Range(1, model.Classes)
            .FirstOrDefault(count => (long)BlockDesign.Divide(model.Classes, count) * Math.Max(channels, count) <= interval);
        return pool == 0 || lanes == 0 ? null : parameters with { PoolWidth = pool, ClassifierLanes = lanes };
    }
}
