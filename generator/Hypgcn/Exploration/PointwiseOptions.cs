using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Every way to build a 1x1 convolution of a shortcut.</summary>
internal static class PointwiseOptions
{
    /// <summary>Pareto front of those with words of at least so many channels.</summary>
    /// <param name="block">The block.</param>
    /// <param name="channels">Least channels of a word.</param>
    /// <param name="work">By clip: how many rows have 0, 1, .. non-zeros.</param>
    public static UnitOption[] Of(BlockDesign block, int channels, IReadOnlyList<long[]> work)
    {
        var cycles = new Dictionary<int, long>(); // by columns
        var options = new List<UnitOption>();
        foreach (var lanes in UnitOption.Sizes(block.PaddedChannels, channels))
        {
            foreach (var columns in UnitOption.Sizes(BlockDesign.Divide(block.PaddedChannels, lanes)))
            {
                if (!cycles.TryGetValue(columns, out var pass))
                {
                    cycles[columns] = pass = work.Max(rows => UnitCycles.Passes(rows, Math.Max(1, columns)));
                }
                var shape = PointwiseShape.Of(block.PaddedChannels, lanes, columns);
                options.Add(new UnitOption(columns, lanes, block.MultipliersFor(lanes * columns), shape.Passes * pass));
            }
        }
        return UnitOption.Pareto(options);
    }
}
