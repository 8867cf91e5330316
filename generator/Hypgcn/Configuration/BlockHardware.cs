using System.ComponentModel;
using Hypgcn.Hardware;

namespace Hypgcn.Configuration;

/// <summary>
/// How much hardware one block gets. In "blocks" a missing key takes the value of "defaults"; a lane count missing there too
/// is balanced for the budget of multipliers. Meaning and exact rules: <see cref="BlockParameters"/>, <see cref="HardwareRules"/>.
/// </summary>
public sealed record BlockHardware
{
    [Description("Joints side by side in the spatial array, 1 to V.")]
    [Legal(1, 64)]
    public int? JointLanes { get; init; }

    [Description("Joints side by side in a word of the graph engine, 1 to joint_lanes; ceil(joint_lanes / graph_lanes) of its words fill one of the array's.")]
    [Legal(1, 64)]
    public int? GraphLanes { get; init; }

    [Description("Words of graph_lanes outputs that the graph engine makes per pass, 1 to the words of a channel.")]
    [Legal(1, 4096)]
    public int? GraphWords { get; init; }

    [Description("Whether the graph engine's products are made of LUTs instead of DSP blocks. Default false.")]
    public bool? GraphFabric { get; init; }

    [Description("Output channels side by side in the spatial array, 1 to the output channels rounded up to 16.")]
    [Legal(1, 1024)]
    public int? ArrayChannels { get; init; }

    [Description("Channels per cycle rounded and encoded at the end of the spatial stage; at most array_channels and down_channels.")]
    [Legal(1, 16, Values = [1, 2, 4, 8, 16])]
    public int? SpatialFinish { get; init; }

    [Description("Groups of temporal lanes, one bank of partial sums each; divides the output channels rounded up to 16.")]
    [Legal(1, 1024)]
    public int? TemporalGroups { get; init; }

    [Description("Temporal lanes per group of an engine.")]
    [Legal(1, 16384)]
    public int? TemporalColumns { get; init; }

    [Description("Temporal engines, each with the rows of some joints, 1 to V.")]
    [Legal(1, 64)]
    public int? TemporalEngines { get; init; }

    [Description("The temporal engine, from 1, of each joint. Default: every temporal_engines-th joint.")]
    public IReadOnlyList<int>? TemporalJointEngines { get; init; }

    [Description("Channels per cycle rounded and encoded at the end of the block; divides temporal_groups.")]
    [Legal(1, 16, Values = [1, 2, 4, 8, 16])]
    public int? TemporalFinish { get; init; }

    [Description("Output channels in a column of the spatial shortcut's convolution, 1 to the output channels rounded up to 16.")]
    [Legal(1, 1024)]
    public int? DownChannels { get; init; }

    [Description("Columns of down_channels lanes of the spatial shortcut's convolution, 1 to ceil(output channels rounded up to 16 / down_channels).")]
    [Legal(1, 1024)]
    public int? DownColumns { get; init; }

    [Description("Engines of the spatial shortcut's convolution, which take rows in turn, 1 to V. Default 1.")]
    [Legal(1, 64)]
    public int? DownEngines { get; init; }

    [Description("Output channels in a column of the residual's convolution, 1 to the output channels rounded up to 16.")]
    [Legal(1, 1024)]
    public int? ResidualChannels { get; init; }

    [Description("Columns of residual_channels lanes of the residual's convolution, 1 to ceil(output channels rounded up to 16 / residual_channels).")]
    [Legal(1, 1024)]
    public int? ResidualColumns { get; init; }

    [Description("Engines of the residual's convolution, which take rows in turn, 1 to V. Default 1.")]
    [Legal(1, 64)]
    public int? ResidualEngines { get; init; }

    [Description("Whether a block of at most 8 bits makes two products with one 27 x 18 multiplier. Default true.")]
    public bool? PackProducts { get; init; }

    [Description("Memories of the spatial stage (graph engine, array, shortcut's convolution and FIFO) with up to so many words are made of LUTs, deeper ones go into block RAM; 0 puts all into block RAM. Default 64.")]
    [Legal(0, DesignMemory.MostLutWords)]
    public int? SpatialLutWords { get; init; }

    [Description("Likewise for the temporal stage: engines, residual's convolution, FIFO before them and FIFO to the residual. Default 64.")]
    [Legal(0, DesignMemory.MostLutWords)]
    public int? TemporalLutWords { get; init; }

    [Description("Frames of z that the FIFO between the spatial and the temporal stage holds. Default 1.")]
    [Legal(1, 64)]
    public int? MiddleFifoFrames { get; init; }

    [Description("Frames of x that the FIFO to the spatial shortcut holds. Default 3.")]
    [Legal(1, 64)]
    public int? SpatialFifoFrames { get; init; }

    [Description("Frames of x that the FIFO to the residual holds beyond those it must hold. Default 3.")]
    [Legal(0, 64)]
    public int? ResidualFifoSlackFrames { get; init; }

    [Description("Words of the four mini-banks of the FIFO to the spatial shortcut, each 1 to its banks + 1. Default: from measured sparsity, else lossless.")]
    public IReadOnlyList<int>? SpatialFifoWords { get; init; }

    [Description("Words of the four mini-banks of the FIFO between the spatial and the temporal stage, likewise.")]
    public IReadOnlyList<int>? MiddleFifoWords { get; init; }

    [Description("Words of the four mini-banks of the FIFO to the residual, likewise.")]
    public IReadOnlyList<int>? ResidualFifoWords { get; init; }

    /// <summary>Whether every lane count is given.</summary>
    internal bool HasAllLanes => JointLanes is not null && GraphLanes is not null && GraphWords is not null && ArrayChannels is not null
        && SpatialFinish is not null && TemporalGroups is not null && TemporalColumns is not null && TemporalFinish is not null
        && DownChannels is not null && DownColumns is not null && TemporalEngines is not null && ResidualChannels is not null
        && ResidualColumns is not null;

    /// <summary>Every value of a block's hardware written out.</summary>
    public static BlockHardware Of(BlockParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new BlockHardware
        {
            JointLanes = parameters.JointLanes,
            GraphLanes = parameters.GraphLanes,
            GraphWords = parameters.GraphWords,
            GraphFabric = parameters.GraphFabric,
            ArrayChannels = parameters.ArrayChannels,
            SpatialFinish = parameters.SpatialFinish,
            TemporalGroups = parameters.TemporalGroups,
            TemporalColumns = parameters.TemporalColumns,
            TemporalEngines = parameters.TemporalEngines,
            TemporalJointEngines = parameters.TemporalJointEngines?.Engines.Select(engine => engine + 1).ToArray(),
            TemporalFinish = parameters.TemporalFinish,
            DownChannels = parameters.DownChannels,
            DownColumns = parameters.DownColumns,
            DownEngines = parameters.DownEngines,
            ResidualChannels = parameters.ResidualChannels,
            ResidualColumns = parameters.ResidualColumns,
            ResidualEngines = parameters.ResidualEngines,
            PackProducts = parameters.PackProducts,
            SpatialLutWords = parameters.SpatialLutWords,
            TemporalLutWords = parameters.TemporalLutWords,
            MiddleFifoFrames = parameters.MiddleFifoFrames,
            SpatialFifoFrames = parameters.SpatialFifoFrames,
            ResidualFifoSlackFrames = parameters.ResidualFifoSlackFrames,
            SpatialFifoWords = parameters.SpatialFifoWords?.ToArray(),
            MiddleFifoWords = parameters.MiddleFifoWords?.ToArray(),
            ResidualFifoWords = parameters.ResidualFifoWords?.ToArray(),
        };
    }

    /// <summary>The hardware's parameters: this, then another entry, then given parameters for what both leave open.</summary>
    internal BlockParameters Over(BlockHardware defaults, BlockParameters otherwise) => new()
    {
        JointLanes = JointLanes ?? defaults.JointLanes ?? otherwise.JointLanes,
        GraphLanes = GraphLanes ?? defaults.GraphLanes ?? otherwise.GraphLanes,
        GraphWords = GraphWords ?? defaults.GraphWords ?? otherwise.GraphWords,
        GraphFabric = GraphFabric ?? defaults.GraphFabric ?? otherwise.GraphFabric,
        ArrayChannels = ArrayChannels ?? defaults.ArrayChannels ?? otherwise.ArrayChannels,
        SpatialFinish = SpatialFinish ?? defaults.SpatialFinish ?? otherwise.SpatialFinish,
        TemporalGroups = TemporalGroups ?? defaults.TemporalGroups ?? otherwise.TemporalGroups,
        TemporalColumns = TemporalColumns ?? defaults.TemporalColumns ?? otherwise.TemporalColumns,
        TemporalEngines = TemporalEngines ?? defaults.TemporalEngines ?? otherwise.TemporalEngines,
        TemporalJointEngines = Joints(TemporalJointEngines ?? defaults.TemporalJointEngines) ?? otherwise.TemporalJointEngines,
        TemporalFinish = TemporalFinish ?? defaults.TemporalFinish ?? otherwise.TemporalFinish,
        DownChannels = DownChannels ?? defaults.DownChannels ?? otherwise.DownChannels,
        DownColumns = DownColumns ?? defaults.DownColumns ?? otherwise.DownColumns,
        DownEngines = DownEngines ?? defaults.DownEngines ?? otherwise.DownEngines,
        ResidualChannels = ResidualChannels ?? defaults.ResidualChannels ?? otherwise.ResidualChannels,
        ResidualColumns = ResidualColumns ?? defaults.ResidualColumns ?? otherwise.ResidualColumns,
        ResidualEngines = ResidualEngines ?? defaults.ResidualEngines ?? otherwise.ResidualEngines,
        PackProducts = PackProducts ?? defaults.PackProducts ?? otherwise.PackProducts,
        SpatialLutWords = SpatialLutWords ?? defaults.SpatialLutWords ?? otherwise.SpatialLutWords,
        TemporalLutWords = TemporalLutWords ?? defaults.TemporalLutWords ?? otherwise.TemporalLutWords,
        MiddleFifoFrames = MiddleFifoFrames ?? defaults.MiddleFifoFrames ?? otherwise.MiddleFifoFrames,
        SpatialFifoFrames = SpatialFifoFrames ?? defaults.SpatialFifoFrames ?? otherwise.SpatialFifoFrames,
        ResidualFifoSlackFrames = ResidualFifoSlackFrames ?? defaults.ResidualFifoSlackFrames ?? otherwise.ResidualFifoSlackFrames,
        SpatialFifoWords = Words(SpatialFifoWords ?? defaults.SpatialFifoWords),
        MiddleFifoWords = Words(MiddleFifoWords ?? defaults.MiddleFifoWords),
        ResidualFifoWords = Words(ResidualFifoWords ?? defaults.ResidualFifoWords),
    };

    private static JointEngines? Joints(IReadOnlyList<int>? engines) => engines is null ? null : new JointEngines([.. engines.Select(engine => engine - 1)]);

    private static RfcWords? Words(IReadOnlyList<int>? words) => words is null ? null : new RfcWords(words[0], words[1], words[2], words[3]);
}
