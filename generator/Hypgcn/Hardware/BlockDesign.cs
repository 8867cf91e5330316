using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Hardware;

/// <summary>
/// One block of hardware: everything that follows from the block's integers and its free parameters. All counts are
/// exact; templates and cycle model read them from here and derive nothing of their own.
/// </summary>
public sealed class BlockDesign
{
    private readonly Lazy<TemporalPlan> _temporal;

    internal BlockDesign(int number, QuantizedModel model, BlockWidths widths, BlockParameters parameters, int frames)
        : this(number, model, widths, parameters, frames, Kept(model.Blocks[number - 1], model.Subsets))
    {
    }

    private BlockDesign(
        int number, QuantizedModel model, BlockWidths widths, BlockParameters parameters, int frames, IReadOnlyList<int> keptChannels, Lazy<TemporalPlan>? temporal = null)
    {
        Number = number;
        Model = model;
        Widths = widths;
        Parameters = parameters;
        Frames = frames;
        Integers = model.Blocks[number - 1];
        KeptChannels = keptChannels;
        // Most designs made in a search are asked for one number of another unit.
        _temporal = temporal ?? new Lazy<TemporalPlan>(() => new TemporalPlan(Integers, parameters, frames));
        Fifos = BlockFifos.Of(Integers, model.Joints, parameters);
    }

    /// <summary>1-based number.</summary>
    public int Number { get; }

    /// <summary>The whole network.</summary>
    public QuantizedModel Model { get; }

    /// <summary>The block's weights and shifts.</summary>
    public QuantizedBlock Integers { get; }

    /// <summary>Proven ranges of its accumulators.</summary>
    public BlockWidths Widths { get; }

    /// <summary>Its free parameters.</summary>
    public BlockParameters Parameters { get; }

    /// <summary>The temporal engine's pairs, passes and schedule.</summary>
    public TemporalPlan Temporal => _temporal.Value;

    /// <summary>Frames of a person at the block's input.</summary>
    public int Frames { get; }

    /// <summary>Frames of a person at the block's output.</summary>
    public int OutFrames => (Frames + Integers.Stride - 1) / Integers.Stride;

    /// <summary>Width of x at the input, U, z and all weights.</summary>
    public int Bits => Integers.FeatureBits;

    /// <summary>Width of the block's output.</summary>
    public int OutBits => Integers.OutputBits;

    /// <summary>V.</summary>
    public int Joints => Model.Joints;

    /// <summary>Banks of an x row at the input.</summary>
    public int InBanks => (Integers.InputChannels + 15) / 16;

    /// <summary>Banks of a z row and of an output row.</summary>
    public int OutBanks => (Integers.OutputChannels + 15) / 16;

    /// <summary>Spatial input channels with any weight, ascending; the others cost nothing.</summary>
    public IReadOnlyList<int> KeptChannels { get; }

    /// <summary>ceil(V / JointLanes).</summary>
    public int JointGroups => Divide(Joints, Parameters.JointLanes);

    /// <summary>Words of the graph engine that fill a word of U, ceil(JointLanes / GraphLanes).</summary>
    public int GraphWordParts => Divide(Parameters.JointLanes, Parameters.GraphLanes);

    /// <summary>Words of the graph engine for one channel and graph; words of joints beyond V are not made.</summary>
    public int GraphSubsetWords => GraphWords(Model, Parameters) / Model.Subsets;

    /// <summary>Words of the graph engine for one channel, K * GraphSubsetWords.</summary>
    public int GraphTotalWords => GraphWords(Model, Parameters);

    /// <summary>Passes of the graph engine over a channel.</summary>
    public int GraphPasses => Divide(GraphTotalWords, Parameters.GraphWords);

    /// <summary>Accumulator of the graph engine; it holds the sum with the rounding half.</summary>
    public int GraphAccBits => Math.Max(Widths.GraphRounded.WidthBits, IsGraphPacked ? LeastAccBits : 2 * Bits);

    /// <summary>Tiles of ArrayChannels that cover the output channels; the last may be covered in part.</summary>
    public int ChannelGroups => Divide(PaddedChannels, Parameters.ArrayChannels);

    /// <summary>Products of one output of the spatial array.</summary>
    public int ArrayOperations => KeptChannels.Count * Model.Subsets;

    /// <summary>Accumulator of the spatial array.</summary>
    public int ArrayAccBits => Math.Max(Widths.SpatialProducts.WidthBits, LeastAccBits);

    /// <summary>Whether the spatial shortcut is a convolution.</summary>
    public bool HasDown => Integers.Down is not null;

    /// <summary>The spatial shortcut convolution.</summary>
    public PointwiseShape Down => PointwiseShape.Of(PaddedChannels, Parameters.DownChannels, Parameters.DownColumns);

    /// <summary>Accumulator of the spatial shortcut convolution.</summary>
    public int DownAccBits => Math.Max(Widths.Down.WidthBits, LeastAccBits);

    /// <summary>Width of the spatial shortcut where it enters the sum.</summary>
    public int SpatialSideBits => HasDown ? DownAccBits : Bits;

    /// <summary>Width of the sum before the spatial rounding.</summary>
    public int SpatialTotalBits => Max(
        Widths.SpatialSum.WidthBits,
        Integers.SpatialShift + Bits + 1,
        ArrayAccBits + Integers.SpatialAlign,
        SpatialSideBits + Integers.SpatialShortcutAlign);

    /// <summary>Whether the residual is a convolution.</summary>
    public bool HasResidualConvolution => Integers.Residual == ResidualKind.Convolution;

    /// <summary>Whether the block keeps x for its residual.</summary>
    public bool HasResidual => Integers.Residual != ResidualKind.None;

    /// <summary>The residual convolution.</summary>
    public PointwiseShape Residual => PointwiseShape.Of(PaddedChannels, Parameters.ResidualChannels, Parameters.ResidualColumns);

    /// <summary>Accumulator of a temporal lane.</summary>
    public int TemporalAccBits => Math.Max(Widths.TemporalTap.WidthBits, LeastAccBits);

    /// <summary>Width of the residual where it enters the sum: an accumulator of its convolution, or x itself.</summary>
    public int ResidualSideBits => HasResidualConvolution ? Math.Max(Widths.Residual.WidthBits, LeastAccBits) : Bits;

    /// <summary>Width of a partial sum in the ring and of the sum before the last rounding.</summary>
    public int RingBits => Max(
        Widths.TemporalSum.WidthBits,
        Integers.TemporalShift + OutBits + 1,
        TemporalAccBits + Integers.TemporalAlign,
        ResidualSideBits + Integers.ResidualAlign);

    /// <summary>Output channels, padded to banks.</summary>
    public int PaddedChannels => OutBanks * 16;

    /// <summary>Banks of one frame of x.</summary>
    public int FrameBanks => Joints * InBanks;

    /// <summary>Its RFC FIFOs.</summary>
    public BlockFifos Fifos { get; }

    /// <summary>Stages of the block, in counter order.</summary>
    public IReadOnlyList<string> StageNames =>
    [
        "graph",
        "array",
        .. DownStages,
        "spatial_finish",
        .. TemporalStages,
        .. ResidualStages,
        "temporal_finish",
    ];

    /// <summary>How many <see cref="StageNames"/> are.</summary>
    public int StageCount =>
        4 + (HasDown ? Parameters.DownEngines : 0) + Parameters.TemporalEngines + (HasResidualConvolution ? Parameters.ResidualEngines : 0);

    /// <summary>Stages of the temporal engines, in the order of the engines.</summary>
    public IReadOnlyList<string> TemporalStages => Stages("temporal", Parameters.TemporalEngines);

    /// <summary>Stages of the spatial shortcut convolution, in the order of its engines; empty where there is none.</summary>
    public IReadOnlyList<string> DownStages => Stages("down", HasDown ? Parameters.DownEngines : 0);

    /// <summary>Stages of the residual convolution, in the order of its engines; empty where there is none.</summary>
    public IReadOnlyList<string> ResidualStages => Stages("residual", HasResidualConvolution ? Parameters.ResidualEngines : 0);

    /// <summary>The temporal engine, from 0, of a joint.</summary>
    public int EngineOf(int joint) => Parameters.TemporalJointEngines?[joint] ?? joint % Parameters.TemporalEngines;

    /// <summary>How many joints a temporal engine (from 0) has.</summary>
    public int EngineJoints(int engine) => Divide(Joints - engine, Parameters.TemporalEngines);

    /// <summary>Whether a multiplier makes two products that share an operand (mac_array, PACKED).</summary>
    public bool IsPacked => Parameters.PackProducts && Bits <= 8;

    /// <summary>Whether a multiplier of the graph engine makes two products; those of LUTs never do.</summary>
    public bool IsGraphPacked => IsPacked && !Parameters.GraphFabric;

    /// <summary>Multipliers of the graph engine; none where products are made of LUTs.</summary>
    public int GraphMultipliers => Parameters.GraphFabric ? 0 : MultipliersFor(Parameters.GraphWords * Parameters.GraphLanes);

    /// <summary>Multipliers of the spatial array; a pair is two channels, or two joints of an odd last one.</summary>
    public int ArrayMultipliers => MultipliersFor(Parameters.JointLanes * Parameters.ArrayChannels);

    /// <summary>Multipliers of the spatial shortcut convolution.</summary>
    public int DownMultipliers => HasDown ? Parameters.DownEngines * MultipliersFor(Parameters.DownColumns * Parameters.DownChannels) : 0;

    /// <summary>Multipliers of the temporal engines; a pair is two filters or taps.</summary>
    public int TemporalMultipliers => TemporalMultipliersOf(Parameters);

    /// <summary>Multipliers of the residual convolution.</summary>
    public int ResidualMultipliers => HasResidualConvolution
        ? Parameters.ResidualEngines * MultipliersFor(Parameters.ResidualColumns * Parameters.ResidualChannels)
        : 0;

    /// <summary>Multipliers of the block.</summary>
    public int Multipliers => GraphMultipliers + ArrayMultipliers + DownMultipliers + TemporalMultipliers + ResidualMultipliers;

    /// <summary>Module name and file prefix.</summary>
    public string Name => $"block{Number}";

    /// <summary>Name of one of its RFC FIFOs.</summary>
    public string FifoName(RfcReader reader) => $"{Name}.{reader switch
    {
        RfcReader.Spatial => "spatial_fifo",
        RfcReader.Middle => "middle_fifo",
        _ => "residual_fifo",
    }}";

    /// <summary>The same block with other free parameters.</summary>
    public BlockDesign With(BlockParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        // A search asks for thousands: their plans share what they can.
        var plan = (parameters.TemporalGroups, parameters.TemporalColumns) == (Parameters.TemporalGroups, Parameters.TemporalColumns)
            ? _temporal
            : new Lazy<TemporalPlan>(() => new TemporalPlan(Integers, parameters, Frames, _temporal.IsValueCreated ? _temporal.Value : null));
        return new BlockDesign(Number, Model, Widths, parameters, Frames, KeptChannels, plan);
    }

    /// <summary>What a word of the graph engine holds.</summary>
    /// <param name="word">Of a channel, 0..GraphTotalWords - 1.</param>
    /// <returns>Graph, first joint and number of joints, at most GraphLanes.</returns>
    internal (int Subset, int Joint, int Count) GraphWord(int word)
    {
        var (lanes, jointLanes) = (Parameters.GraphLanes, Parameters.JointLanes);
        var (subset, place) = (word / GraphSubsetWords, word % GraphSubsetWords);
        var (group, part) = (place / GraphWordParts, place % GraphWordParts);
        var joint = (group * jointLanes) + (part * lanes);
        return (subset, joint, Math.Min(Math.Min(lanes, jointLanes - (part * lanes)), Joints - joint));
    }

    private static int[] Kept(QuantizedBlock block, int subsets)
    {
        var (inputs, outputs) = (block.InputChannels, block.OutputChannels);
        bool HasWeight(int i) => Enumerable.Range(0, subsets).Any(
            k => block.Spatial.AsSpan(((k * inputs) + i) * outputs, outputs).ContainsAnyExcept(0));
        int[] kept = [.. Enumerable.Range(0, inputs).Where(HasWeight)];
        // The engines need one channel to turn over; of a block without any weight it is the first.
        return kept.Length > 0 ? kept : [0];
    }

    // A product, or the lower field of a pair of sums.
    private int LeastAccBits => IsPacked ? 18 : 2 * Bits;

    /// <summary>Multipliers of the temporal engines with other lanes.</summary>
    internal int TemporalMultipliersOf(BlockParameters p) => p.TemporalEngines * MultipliersFor(p.TemporalColumns * p.TemporalGroups);

    /// <summary>Multipliers that make so many products which may share operands in pairs.</summary>
    internal int MultipliersFor(int products) => IsPacked ? Divide(products, 2) : products;

    /// <summary>Words of the graph engine for one channel.</summary>
    internal static int GraphWords(QuantizedModel model, BlockParameters p)
    {
        var full = (model.Joints - 1) / p.JointLanes;
        var words = (full * Divide(p.JointLanes, p.GraphLanes)) + Divide(model.Joints - (full * p.JointLanes), p.GraphLanes);
        return model.Subsets * words;
    }

    // One engine has the name alone.
    private static string[] Stages(string name, int engines) =>
        engines == 1 ? [name] : [.. Enumerable.Range(1, engines).Select(engine => $"{name}{engine}")];

    internal static int Divide(int value, int by) => (value + by - 1) / by;

    private static int Max(params ReadOnlySpan<int> values)
    {
        var max = values[0];
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }
        return max;
    }
}
