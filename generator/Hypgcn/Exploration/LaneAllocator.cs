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
        var least = new AcceleratorDesign("least", model, Smallest(model));
        if (least.Multipliers > multipliers)
        {
            throw new HypgcnException(
                $"multipliers: the budget is {multipliers}; the network needs at least {least.Multipliers}. Raise the budget by {least.Multipliers - multipliers}.");
        }
        var tables = least.Blocks.Select(block => BlockChoices.Measure(block, clips)).ToList();
        long low = 1;
        var high = tables.Max(table => table.SlowestCycles);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Choose(least, tables, middle) is { } chosen && Multipliers(least, chosen) <= multipliers)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        return Choose(least, tables, high) ?? least.Parameters;
    }

    private static HardwareParameters Smallest(QuantizedModel model) =>
        new() { Blocks = [.. model.Blocks.Select(_ => new BlockParameters())], PoolWidth = 1 };

    private static int Multipliers(AcceleratorDesign least, HardwareParameters chosen) =>
        least.Multipliers - least.Blocks.Sum(block => block.Multipliers) - least.Parameters.ClassifierLanes
        + least.Blocks.Zip(chosen.Blocks, (block, parameters) => block.With(parameters).Multipliers).Sum() + chosen.ClassifierLanes;

    private static HardwareParameters? Choose(AcceleratorDesign least, List<BlockChoices> tables, long interval)
    {
        var blocks = tables.Select(table => table.Choose(interval)).ToList();
        if (blocks.Contains(null))
        {
            return null;
        }
        var (last, classes) = (least.Blocks[^1], least.Model.Classes);
        var pool = Widths.Take(4).FirstOrDefault(width => (long)least.PoolRows * last.PaddedChannels / width <= interval);
        var lanes = Enumerable.Range(1, classes).FirstOrDefault(
            count => (long)BlockDesign.Divide(classes, count) * Math.Max(last.Integers.OutputChannels, count) <= interval);
        return pool == 0 || lanes == 0 ? null : new HardwareParameters
        {
            Blocks = [.. blocks.Select(block => block!)],
            PoolWidth = pool,
            ClassifierLanes = lanes,
        };
    }
}
