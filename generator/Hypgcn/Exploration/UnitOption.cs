using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>One way to build a unit.</summary>
/// <param name="Columns">Columns of its products: graph words, joint lanes, columns of the convolutions.</param>
/// <param name="Lanes">Lanes of a column: graph lanes, array channels, channels or groups of the convolutions.</param>
/// <param name="Multipliers">What it costs.</param>
/// <param name="Cycles">Cycles the slowest clip takes.</param>
/// <param name="Engines">How many of it stand side by side.</param>
/// <param name="Joints">Which of them takes each joint; null is every <paramref name="Engines"/>-th.</param>
internal readonly record struct UnitOption(int Columns, int Lanes, int Multipliers, long Cycles, int Engines = 1, JointEngines? Joints = null)
{
    /// <summary>Multipliers, and for every further engine some for its control and its weights: else it would save a few for much.</summary>
    public int Price => Multipliers + (3 * (Engines - 1));

    /// <summary>Those that no other option beats: a higher price, fewer cycles.</summary>
    public static UnitOption[] Pareto(IEnumerable<UnitOption> options)
    {
        var kept = new List<UnitOption>();
        foreach (var option in options.OrderBy(option => option.Price).ThenBy(option => option.Cycles))
        {
            if (kept.Count == 0 || option.Cycles < kept[^1].Cycles)
            {
                kept.Add(option);
            }
        }
        return [.. kept];
    }

    /// <summary>The cheapest of a Pareto front that takes at most the interval; null if there is none.</summary>
    public static UnitOption? Cheapest(ReadOnlySpan<UnitOption> front, long interval)
    {
        foreach (var option in front)
        {
            if (option.Cycles <= interval)
            {
                return option;
            }
        }
        return null;
    }

    /// <summary>The option of a design.</summary>
    public static UnitOption Of(int columns, int lanes, BlockDesign design, Func<BlockDesign, int> multipliers, Func<BlockDesign, long> cycles) =>
        new(columns, lanes, multipliers(design), cycles(design));

    /// <summary>The sizes that save a part of what they divide among parts: others cost lanes for nothing.</summary>
    public static IEnumerable<int> Sizes(int total, int least = 1)
    {
        var parts = int.MaxValue;
        for (var size = Math.Min(least, total); size <= total; size++)
        {
            if (BlockDesign.Divide(total, size) < parts)
            {
                parts = BlockDesign.Divide(total, size);
                yield return size;
            }
        }
    }
}
