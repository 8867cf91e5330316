using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Every way to build a 1x1 convolution of a shortcut.</summary>
internal static class PointwiseOptions
{
    /// <summary>Engines worth considering, from 1: with more, the rest of a block is slower.</summary>
    public static IEnumerable<int> Engines(BlockDesign block) => Enumerable.Range(1, Math.Min(4, block.Joints));

    /// <summary>Columns and engines with words of so many channels.</summary>
    public static IEnumerable<(int Columns, int Engines)> Shapes(BlockDesign block, int channels) =>
        from columns in UnitOption.Sizes(BlockDesign.Divide(block.PaddedChannels, channels))
        from engines in Engines(block)
        select (columns, engines);

    /// <summary>Shape for people: engines only where there are several.</summary>
    public static string Name(int engines, int columns, int channels) => $"{(engines > 1 ? $"{engines} x " : "")}{columns} x {channels}";

    /// <summary>Pareto front of those with one engine and words of at least so many channels.</summary>
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
