using System.ComponentModel;

namespace Hypgcn.Configuration;

/// <summary>How much hardware one block gets. In "blocks" a missing key takes the value of "defaults"; there, the one named here.</summary>
public sealed record BlockHardware
{
    [Description("Graph words that the graph PE processes per cycle. Default 1.")]
    [Legal(1, 64)]
    public int? GraphWords { get; init; }

    [Description("Joints that the spatial array computes side by side. Default 1.")]
    [Legal(1, 64)]
    public int? JointLanes { get; init; }

    [Description("Output channels that the spatial array computes side by side. Default 4.")]
    [Legal(1, 1024, Values = [1, 2, 4, 8], MultipleOf = 16)]
    public int? ArrayChannels { get; init; }

    [Description("Channels per cycle that the end of the spatial unit rounds. Default 1.")]
    [Legal(1, 16, Values = [1, 2, 4, 8, 16])]
    public int? SpatialFinish { get; init; }

    [Description("Filters that the temporal unit computes side by side. Default 4.")]
    [Legal(1, 1024, Values = [1, 2, 4, 8], MultipleOf = 16)]
    public int? TemporalGroups { get; init; }

    [Description("Non-zero inputs of a row that the temporal unit processes side by side. Default 1.")]
    [Legal(1, 64)]
    public int? TemporalColumns { get; init; }

    [Description("Channels per cycle that the end of the temporal unit rounds. Default 1.")]
    [Legal(1, 16, Values = [1, 2, 4, 8, 16])]
    public int? TemporalFinish { get; init; }

    [Description("Non-zero inputs of a row that the spatial shortcut's convolution processes side by side. Default 1.")]
    [Legal(1, 64)]
    public int? DownColumns { get; init; }

    [Description("Filters that the spatial shortcut's convolution computes side by side. Default 4.")]
    [Legal(1, 1024, Values = [1, 2, 4, 8], MultipleOf = 16)]
    public int? DownGroups { get; init; }

    [Description("Frames of z that the FIFO between the spatial and the temporal unit holds. Default 2.")]
    [Legal(1, 1024)]
    public int? MiddleFifoFrames { get; init; }

    [Description("Frames of x that the residual's FIFO holds. Default 8.")]
    [Legal(1, 1024)]
    public int? ShortcutFifoFrames { get; init; }

    [Description("Frames of x that the spatial unit's FIFO holds. Default 2.")]
    [Legal(1, 1024)]
    public int? SpatialFifoFrames { get; init; }

    /// <summary>Every property set, to the value that a missing key means.</summary>
    public static BlockHardware Standard { get; } = new()
    {
        GraphWords = 1,
        JointLanes = 1,
        ArrayChannels = 4,
        SpatialFinish = 1,
        TemporalGroups = 4,
        TemporalColumns = 1,
        TemporalFinish = 1,
        DownColumns = 1,
        DownGroups = 4,
        MiddleFifoFrames = 2,
        ShortcutFifoFrames = 8,
        SpatialFifoFrames = 2,
    };

    /// <summary>This, with missing values from another.</summary>
    public BlockHardware Over(BlockHardware other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new BlockHardware
        {
            GraphWords = GraphWords ?? other.GraphWords,
            JointLanes = JointLanes ?? other.JointLanes,
            ArrayChannels = ArrayChannels ?? other.ArrayChannels,
            SpatialFinish = SpatialFinish ?? other.SpatialFinish,
            TemporalGroups = TemporalGroups ?? other.TemporalGroups,
            TemporalColumns = TemporalColumns ?? other.TemporalColumns,
            TemporalFinish = TemporalFinish ?? other.TemporalFinish,
            DownColumns = DownColumns ?? other.DownColumns,
            DownGroups = DownGroups ?? other.DownGroups,
            MiddleFifoFrames = MiddleFifoFrames ?? other.MiddleFifoFrames,
            ShortcutFifoFrames = ShortcutFifoFrames ?? other.ShortcutFifoFrames,
            SpatialFifoFrames = SpatialFifoFrames ?? other.SpatialFifoFrames,
        };
    }
}
