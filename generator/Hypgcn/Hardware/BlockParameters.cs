using Hypgcn.Reference;

namespace Hypgcn.Hardware;

/// <summary>The free hardware parameters of one block: how many multipliers each engine has, how deep its FIFOs are.</summary>
/// <remarks>Products a cycle: graph GraphWords x GraphLanes; array JointLanes x ArrayChannels; shortcut convolution
/// DownEngines x DownColumns x DownChannels; temporal TemporalEngines x TemporalColumns x TemporalGroups; residual convolution
/// ResidualEngines x ResidualColumns x ResidualChannels.</remarks>
public sealed record BlockParameters
{
    /// <summary>Joints side by side in the spatial array and in a word of the U buffer, 1..V.</summary>
    public int JointLanes { get; init; } = 1;

    /// <summary>Joints of a word of the graph engine, 1..JointLanes; so many at a time fill a word of the U buffer.</summary>
    public int GraphLanes { get; init; } = 1;

    /// <summary>Words of the graph engine made in one pass, 1..<see cref="BlockDesign.GraphTotalWords"/>.</summary>
    public int GraphWords { get; init; } = 1;

    /// <summary>Whether the graph engine's products are made of LUTs instead of DSP blocks.</summary>
    public bool GraphFabric { get; init; }

    /// <summary>Output channels side by side in the spatial array, 1..output channels rounded up to 16.</summary>
    public int ArrayChannels { get; init; } = 1;

    /// <summary>Channels rounded and encoded per cycle at the end of the spatial stage: 1, 2, 4, 8 or 16, at most ArrayChannels and, where the shortcut is a convolution, DownChannels.</summary>
    public int SpatialFinish { get; init; } = 1;

    /// <summary>Groups of temporal lanes, one ring bank each; divides the output channels rounded up to 16.</summary>
    public int TemporalGroups { get; init; } = 1;

    /// <summary>Temporal lanes of a group, 1 or more.</summary>
    public int TemporalColumns { get; init; } = 1;

    /// <summary>Temporal engines, each with the rows of some joints: so many rows are in flight; 1..V.</summary>
    public int TemporalEngines { get; init; } = 1;

    /// <summary>The temporal engine of each joint; null is every TemporalEngines-th.</summary>
    public JointEngines? TemporalJointEngines { get; init; }

    /// <summary>Channels rounded and encoded per cycle at the end of the block: 1, 2, 4, 8 or 16, divides TemporalGroups.</summary>
    public int TemporalFinish { get; init; } = 1;

    /// <summary>Output channels in a column of the spatial shortcut convolution, 1..output channels rounded up to 16.</summary>
    public int DownChannels { get; init; } = 1;

    /// <summary>Columns of the spatial shortcut convolution, 1..ceil(output channels rounded up to 16 / DownChannels).</summary>
    public int DownColumns { get; init; } = 1;

    /// <summary>Engines of the spatial shortcut convolution, which take rows in turn: so many rows are in flight; 1..V.</summary>
    public int DownEngines { get; init; } = 1;

    /// <summary>Output channels in a column of the residual convolution, 1..output channels rounded up to 16.</summary>
    public int ResidualChannels { get; init; } = 1;

    /// <summary>Columns of the residual convolution, 1..ceil(output channels rounded up to 16 / ResidualChannels).</summary>
    public int ResidualColumns { get; init; } = 1;

    /// <summary>Engines of the residual convolution, likewise; 1..V.</summary>
    public int ResidualEngines { get; init; } = 1;

    /// <summary>Whether a block of at most 8 bits makes two products with one multiplier; others never do.</summary>
    public bool PackProducts { get; init; } = true;

    /// <summary>
    /// Where memories of the spatial stage and its FIFO go that are read with a register: those of up to so many words are made of LUTs, deeper
    /// ones go into block RAM; 0..256. A LUT holds 64 words of a bit.
    /// </summary>
    public int SpatialLutWords { get; init; } = DesignMemory.UsualLutWords;

    /// <summary>Likewise for the temporal stage, the FIFO before it and that of the residual.</summary>
    public int TemporalLutWords { get; init; } = DesignMemory.UsualLutWords;

    /// <summary>Frames of z the FIFO between spatial and temporal stage holds, 1..64.</summary>
    public int MiddleFifoFrames { get; init; } = 1;

    /// <summary>Frames of x the FIFO to the spatial shortcut holds, 1..64; 3 lets all engines run at once.</summary>
    public int SpatialFifoFrames { get; init; } = 3;

    /// <summary>
    /// Frames of x the FIFO to the block's residual holds beyond the frames it must hold, 0..64; 3 lets all engines run at once.
    /// </summary>
    public int ResidualFifoSlackFrames { get; init; } = 3;

    /// <summary>Mini-banks of the FIFO to the spatial shortcut, each 1 to its banks + 1; null is lossless.</summary>
    public RfcWords? SpatialFifoWords { get; init; }

    /// <summary>Mini-banks of the FIFO between spatial and temporal stage, each 1 to its banks + 1; null is lossless.</summary>
    public RfcWords? MiddleFifoWords { get; init; }

    /// <summary>Mini-banks of the FIFO to the residual, each 1 to its banks + 1; null is lossless.</summary>
    public RfcWords? ResidualFifoWords { get; init; }

    /// <summary>Where memories of a FIFO go.</summary>
    internal int FifoLutWords(RfcReader reader) => reader == RfcReader.Spatial ? SpatialLutWords : TemporalLutWords;

    /// <summary>The same FIFOs with one lane in every engine, and memories where they usually go.</summary>
    internal BlockParameters OneLane => this with
    {
        JointLanes = 1,
        GraphLanes = 1,
        GraphWords = 1,
        GraphFabric = false,
        ArrayChannels = 1,
        SpatialFinish = 1,
        TemporalGroups = 1,
        TemporalColumns = 1,
        TemporalEngines = 1,
        TemporalJointEngines = null,
        TemporalFinish = 1,
        DownChannels = 1,
        DownColumns = 1,
        DownEngines = 1,
        ResidualChannels = 1,
        ResidualColumns = 1,
        ResidualEngines = 1,
        SpatialLutWords = DesignMemory.UsualLutWords,
        TemporalLutWords = DesignMemory.UsualLutWords,
    };
}
