using System.ComponentModel;
using Hypgcn.Cycles;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Quantization;
using Hypgcn.Sparsity;

namespace Hypgcn.Configuration;

/// <summary>How much hardware the accelerator gets.</summary>
public sealed record HardwareConfiguration
{
    [Description("Budget of multipliers. Lane counts that are not given are chosen so that all engines take about the same time within it.")]
    [Legal(1, 1000000)]
    public int Multipliers { get; init; } = 1024;

    [Description("Percentage of features that are not zero, assumed when lanes are balanced without measured sparsity.")]
    [Legal(1, 100)]
    public int DensityPercent { get; init; } = 60;

    [Description("Classes that the classifier computes side by side. Default: balanced.")]
    [Legal(1, 1024)]
    public int? ClassifierLanes { get; init; }

    [Description("Channels per cycle that the pooling adds. Default: balanced.")]
    [Legal(1, 8, Values = [1, 2, 4, 8])]
    public int? PoolWidth { get; init; }

    [Description("Values in a beat of the shell's input stream; the accelerator takes one a cycle.")]
    [Legal(1, 32, Values = [1, 2, 4, 8, 16, 32])]
    public int BeatValues { get; init; } = 1;

    [Description("Depths of the RFC FIFOs' mini-banks.")]
    public RfcConfiguration Rfc { get; init; } = new();

    [Description("What every block gets unless its own entry says otherwise.")]
    public BlockHardware Defaults { get; init; } = new();

    [Description("One entry per block, in order; blocks without an entry take the defaults.")]
    public IReadOnlyList<BlockHardware> Blocks { get; init; } = [];

    /// <summary>Every parameter, with what is not given balanced for the budget.</summary>
    /// <param name="model">The network.</param>
    /// <param name="counters">Whether stages count.</param>
    /// <param name="sparsity">What lanes and depths of mini-banks that are not given follow from; null makes these lossless.</param>
    /// <exception cref="ConfigurationException">There are more entries than blocks, or the sparsity is that of another network.</exception>
    /// <exception cref="HypgcnException">The budget is too small.</exception>
    public HardwareParameters Resolve(QuantizedModel model, bool counters, NetworkSparsity? sparsity = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckBlocks(model, sparsity);
        var count = model.Blocks.Count;
        var complete = Defaults.HasAllLanes || (Blocks.Count == count && Blocks.All(block => block.HasAllLanes));
        var balanced = complete && PoolWidth is not null && ClassifierLanes is not null
            ? new HardwareParameters { Blocks = [.. Enumerable.Repeat(new BlockParameters(), count)] }
            : LaneAllocator.Allocate(
                model, [sparsity is null ? ClipActivity.Uniform(model, DensityPercent) : ClipActivity.Mean(model, sparsity)], Multipliers);
        return new HardwareParameters
        {
            Blocks = [.. Enumerable.Range(0, count).Select(b => Block(model, b, balanced.Blocks[b], sparsity))],
            PoolWidth = PoolWidth ?? balanced.PoolWidth,
            ClassifierLanes = ClassifierLanes ?? balanced.ClassifierLanes,
            Counters = counters,
            BeatValues = BeatValues,
        };
    }

    /// <summary>What tuning starts from: one lane everywhere, and depths of FIFOs to choose from, the usual ones first.</summary>
    /// <remarks>Depths that the configuration gives are kept.</remarks>
    /// <exception cref="ConfigurationException">There are more entries than blocks, or the sparsity is that of another network.</exception>
    public IReadOnlyList<HardwareParameters> OneLane(QuantizedModel model, bool counters, NetworkSparsity? sparsity)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckBlocks(model, sparsity);
        return [.. new[] { (1, 3), (2, 4) }.Select(frames => this with
        {
            Defaults = Defaults with
            {
                MiddleFifoFrames = Defaults.MiddleFifoFrames ?? frames.Item1,
                SpatialFifoFrames = Defaults.SpatialFifoFrames ?? frames.Item2,
                ResidualFifoSlackFrames = Defaults.ResidualFifoSlackFrames ?? frames.Item2,
            },
        }).Select(deeper => new HardwareParameters
        {
            Blocks = [.. Enumerable.Range(0, model.Blocks.Count).Select(b => deeper.Block(model, b, new BlockParameters(), sparsity).OneLane)],
            PoolWidth = 1,
            Counters = counters,
            BeatValues = BeatValues,
        })];
    }

    /// <summary>The RFC FIFOs alone, without a balance of lanes.</summary>
    /// <exception cref="ConfigurationException">There are more entries than blocks, or the sparsity is that of another network.</exception>
    /// <exception cref="HypgcnException">A depth is out of range; the message lists all of them.</exception>
    public IReadOnlyList<BlockFifos> Fifos(QuantizedModel model, NetworkSparsity? sparsity)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckBlocks(model, sparsity);
        BlockParameters[] blocks = [.. Enumerable.Range(0, model.Blocks.Count).Select(b => Block(model, b, new BlockParameters(), sparsity))];
        var problems = blocks.SelectMany((block, b) => HardwareRules.FifoProblems(b, model, block)).ToList();
        return problems.Count == 0
            ? [.. blocks.Select((block, b) => BlockFifos.Of(model.Blocks[b], model.Joints, block))]
            : throw new HypgcnException(string.Join(" ", problems));
    }

    private void CheckBlocks(QuantizedModel model, NetworkSparsity? sparsity)
    {
        var count = model.Blocks.Count;
        List<string> problems = [];
        if (Blocks.Count > count)
        {
            problems.Add($"hardware.blocks: {Blocks.Count} entries; the network has {count} blocks. Remove the entries beyond.");
        }
        if (sparsity is not null && sparsity.Blocks.Count != count)
        {
            problems.Add($"sparsity.blocks: {sparsity.Blocks.Count} entries; the network has {count} blocks. Run hypgcn quantize again.");
        }
        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }
    }

    private BlockParameters Block(QuantizedModel model, int b, BlockParameters balanced, NetworkSparsity? sparsity)
    {
        var block = (b < Blocks.Count ? Blocks[b] : new BlockHardware()).Over(Defaults, balanced);
        if (Rfc.Lossless)
        {
            return block with { SpatialFifoWords = null, MiddleFifoWords = null, ResidualFifoWords = null };
        }
        var fifos = BlockFifos.Of(model.Blocks[b], model.Joints, block);
        RfcWords? Words(RfcFifoDesign? fifo, FifoSparsity? measured)
        {
            if (fifo is null || measured is null)
            {
                return null;
            }
            var words = RfcDepths.Choose(fifo, measured, Rfc.MarginPercent, model.Blocks[b].FeatureBits);
            return fifo.With(words).IsLossless ? null : words;
        }
        var zeros = sparsity?.Blocks[b];
        return block with
        {
            SpatialFifoWords = block.SpatialFifoWords ?? Words(fifos.Spatial, zeros?.Spatial),
            MiddleFifoWords = block.MiddleFifoWords ?? Words(fifos.Middle, zeros?.Middle),
            ResidualFifoWords = block.ResidualFifoWords ?? Words(fifos.Residual, zeros?.Residual),
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
