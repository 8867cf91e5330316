using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Every way to build the units of a block's spatial stage, as Pareto fronts. Graph engine and array share the joint lanes;
/// array and shortcut convolution must give words at least as wide as the finish stage behind them.
/// </summary>
internal sealed class SpatialOptions
{
    private readonly BlockDesign _block;
    private readonly long[][] _graphWork; // by clip
    private readonly long[][] _downWork;

    public SpatialOptions(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        _block = block;
        _graphWork = [.. clips.Select(clip => UnitCycles.GraphWork(block, clip))];
        _downWork = block.HasDown ? [.. clips.Select(clip => UnitCycles.DownWork(block, clip))] : [];
    }

    /// <summary>The graph engine in front of so many joint lanes.</summary>
    public UnitOption[] Graph(int jointLanes)
    {
        var options = new List<UnitOption>();
        var cycles = new Dictionary<int, long>(); // by words
        for (var lanes = 1; lanes <= jointLanes; lanes++)
        {
            var total = With(p => p with { JointLanes = jointLanes, GraphLanes = lanes, GraphWords = 1 }).GraphTotalWords;
            foreach (var words in UnitOption.Sizes(total))
            {
                if (!cycles.TryGetValue(words, out var pass))
                {
                    cycles[words] = pass = _graphWork.Max(work => UnitCycles.Passes(work, words));
                }
                var design = With(p => p with { JointLanes = jointLanes, GraphLanes = lanes, GraphWords = words });
                options.Add(new UnitOption(words, lanes, design.GraphMultipliers, design.GraphPasses * pass));
            }
        }
        return UnitOption.Pareto(options);
    }

    /// <summary>The array with so many joint lanes and at least so many channels.</summary>
    public UnitOption[] Array(int jointLanes, int channels) => UnitOption.Pareto(UnitOption.Sizes(_block.PaddedChannels, channels).Select(lanes =>
        UnitOption.Of(jointLanes, lanes, With(p => p with { JointLanes = jointLanes, ArrayChannels = lanes }), design => design.ArrayMultipliers, UnitCycles.Array)));

    /// <summary>The shortcut convolution with words of at least so many channels.</summary>
    public UnitOption[] Down(int channels) => PointwiseOptions.Of(_block, channels, _downWork);

    private BlockDesign With(Func<BlockParameters, BlockParameters> change) => _block.With(change(_block.Parameters));
}
