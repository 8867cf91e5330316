using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Hardware;

/// <summary>A complete accelerator: the object that emission prints, the cycle model runs and reports describe.</summary>
public sealed class AcceleratorDesign
{
    /// <summary>Derives the design; the parameters must have passed <see cref="HardwareRules"/>.</summary>
    /// <exception cref="HypgcnException">A parameter is out of range; the message lists all of them.</exception>
    public AcceleratorDesign(string name, QuantizedModel model, HardwareParameters parameters)
    {
        HardwareRules.Check(model, parameters);
        Name = name;
        Model = model;
        Parameters = parameters;
        Widths = AccumulatorBounds.Compute(model);
        var blocks = new List<BlockDesign>();
        var frames = model.Frames;
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            blocks.Add(new BlockDesign(b + 1, model, Widths.Blocks[b], parameters.Blocks[b], frames));
            frames = blocks[b].OutFrames;
        }
        Blocks = blocks;
        Boundaries = [new Boundary("x0", 0, false, model.Frames, model.InputChannels, model.InputBits), .. blocks.SelectMany(Outputs)];
        Stages = StagesOfAll();
    }

    private AcceleratorDesign(AcceleratorDesign other, HardwareParameters parameters)
    {
        HardwareRules.Check(other.Model, parameters);
        (Name, Model, Parameters, Widths) = (other.Name, other.Model, parameters, other.Widths);
        Blocks = [.. other.Blocks.Zip(parameters.Blocks, (block, own) => block.With(own))];
        Boundaries = other.Boundaries;
        Stages = StagesOfAll();
    }

    /// <summary>Top module.</summary>
    public string Name { get; }

    /// <summary>The integers.</summary>
    public QuantizedModel Model { get; }

    /// <summary>The free parameters.</summary>
    public HardwareParameters Parameters { get; }

    /// <summary>Proven accumulator ranges.</summary>
    public ModelWidths Widths { get; }

    /// <summary>The blocks in order.</summary>
    public IReadOnlyList<BlockDesign> Blocks { get; }

    /// <summary>Recorded streams: x0, then z and x of every block.</summary>
    public IReadOnlyList<Boundary> Boundaries { get; }

    /// <summary>Stage names in counter order.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>RFC FIFOs in the order of their dropped-word counters.</summary>
    public IReadOnlyList<string> FifoNames => [.. Blocks.SelectMany(block => block.Fifos.All.Select(entry => block.FifoName(entry.Reader)))];

    /// <summary>What the FIFOs may drop, one entry per block.</summary>
    public IReadOnlyList<BlockRfcRules> RfcRules => [.. Blocks.Select(block => block.Fifos.Rules)];

    /// <summary>Width of data_bn's sum.</summary>
    public int InputSumBits =>
        Math.Max(Math.Max(Widths.Input.WidthBits, Model.Input.Shift + Model.InputBits + 1), 2 * Model.FeatureBits);

    /// <summary>Width of a pooled sum.</summary>
    public int PoolBits => Math.Max(Widths.Pool.WidthBits, Blocks[^1].OutBits + 1);

    /// <summary>Width of a logit.</summary>
    public int LogitBits => Math.Max(Widths.Classifier.WidthBits, PoolBits + Model.FeatureBits);

    /// <summary>Rows of a clip at the pool.</summary>
    public int PoolRows => Model.Persons * Blocks[^1].OutFrames * Model.Joints;

    /// <summary>Input values of a clip.</summary>
    public int ClipValues => Model.Persons * Model.Frames * Model.Joints * Model.InputChannels;

    /// <summary>Multipliers of the whole design.</summary>
    public int Multipliers => 1 + Blocks.Sum(block => block.Multipliers) + Parameters.ClassifierLanes;

    /// <summary>The same network with other free parameters, without proving its widths again.</summary>
    /// <exception cref="HypgcnException">A parameter is out of range; the message lists all of them.</exception>
    public AcceleratorDesign With(HardwareParameters parameters) => new(this, parameters);

    private string[] StagesOfAll() => ["input", .. Blocks.SelectMany(StagesOf), "pool", "classifier"];

    private static IEnumerable<Boundary> Outputs(BlockDesign block) =>
    [
        new($"{block.Name}.z", block.Number, true, block.Frames, block.Integers.OutputChannels, block.Bits),
        new($"{block.Name}.x", block.Number, false, block.OutFrames, block.Integers.OutputChannels, block.OutBits),
    ];

    private static IEnumerable<string> StagesOf(BlockDesign block) =>
        block.StageNames.Select(stage => $"{block.Name}.{stage}");
}
