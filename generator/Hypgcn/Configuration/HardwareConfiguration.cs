using System.ComponentModel;
using Hypgcn.Cycles;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Quantization;

namespace Hypgcn.Configuration;

/// <summary>How much hardware the accelerator gets.</summary>
public sealed record HardwareConfiguration
{
    [Description("Budget of multipliers. Lane counts that are not given are chosen so that all engines take about the same time within it.")]
    [Legal(1, 1000000)]
    public int Multipliers { get; init; } = 1024;

    [Description("Percentage of features that are not zero, assumed when lanes are balanced.")]
    [Legal(1, 100)]
    public int DensityPercent { get; init; } = 60;

    [Description("Classes that the classifier computes side by side. Default: balanced.")]
    [Legal(1, 1024)]
    public int? ClassifierLanes { get; init; }

    [Description("Channels per cycle that the pooling adds. Default: balanced.")]
    [Legal(1, 8, Values = [1, 2, 4, 8])]
    public int? PoolWidth { get; init; }

    [Description("What every block gets unless its own entry says otherwise.")]
    public BlockHardware Defaults { get; init; } = new();

    [Description("One entry per block, in order; blocks without an entry take the defaults.")]
    public IReadOnlyList<BlockHardware> Blocks { get; init; } = [];

    /// <summary>Every parameter, with what is not given balanced for the budget.</summary>
    /// <exception cref="ConfigurationException">There are more entries than blocks.</exception>
    /// <exception cref="HypgcnException">The budget is too small.</exception>
    public HardwareParameters Resolve(QuantizedModel model, bool counters)
    {
        ArgumentNullException.ThrowIfNull(model);
        var count = model.Blocks.Count;
        if (Blocks.Count > count)
        {
            throw new ConfigurationException(
                [$"hardware.blocks: {Blocks.Count} entries; the network has {count} blocks. Remove the entries beyond."]);
        }
        var complete = Defaults.HasAllLanes || (Blocks.Count == count && Blocks.All(block => block.HasAllLanes));
        var balanced = complete && PoolWidth is not null && ClassifierLanes is not null
            ? new HardwareParameters { Blocks = [.. Enumerable.Repeat(new BlockParameters(), count)] }
            : LaneAllocator.Allocate(model, [ClipActivity.Uniform(model, DensityPercent)], Multipliers);
        return new HardwareParameters
        {
            Blocks = [.. Enumerable.Range(0, count).Select(
                b => (b < Blocks.Count ? Blocks[b] : new BlockHardware()).Over(Defaults, balanced.Blocks[b]))],
            PoolWidth = PoolWidth ?? balanced.PoolWidth,
            ClassifierLanes = ClassifierLanes ?? balanced.ClassifierLanes,
            Counters = counters,
        };
    }

    /// <summary>The same with every parameter written out.</summary>
    public HardwareConfiguration With(HardwareParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return this with
        {
            ClassifierLanes = parameters.ClassifierLanes,
            PoolWidth = parameters.PoolWidth,
            Defaults = new BlockHardware(),
            Blocks = [.. parameters.Blocks.Select(BlockHardware.Of)],
        };
    }
}
