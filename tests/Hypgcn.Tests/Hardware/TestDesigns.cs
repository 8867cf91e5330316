using Hypgcn.Cycles;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Hardware;

/// <summary>A small quantised network for tests of hardware arithmetic, which need no simulator.</summary>
internal static class TestDesigns
{
    public const int Frames = 8;

    public static SmallNetwork Network { get; } = new()
    {
        Blocks = [(16, 1, ResidualKind.None), (16, 1, ResidualKind.Identity), (40, 2, ResidualKind.Convolution)],
        Kernel = 5,
    };

    public static QuantizedModel Model { get; } = Network.Quantize(Frames, 1, new QuantizerOptions());

    public static HardwareParameters OneLane { get; } = new() { Blocks = [new(), new(), new()] };

    /// <summary>Counts of a real clip.</summary>
    public static ClipActivity Activity(int seed) =>
        ClipActivity.Of(Model, new IntegerNetwork(Model).Run(ClipQuantizer.Quantize(Model, Network.Clip(Frames, 1, seed))));

    /// <summary>Stages of a prediction by name.</summary>
    public static StageCycles Stage(this CyclePrediction prediction, string name) => prediction.Stages.Single(stage => stage.Name == name);
}
