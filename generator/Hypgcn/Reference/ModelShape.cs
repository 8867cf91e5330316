using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Reference;

/// <summary>Array lengths of a <see cref="QuantizedModel"/>: the kernels take them on trust.</summary>
internal static class ModelShape
{
    /// <exception cref="ArgumentException">An array does not have the length that the model's sizes ask for.</exception>
    public static void Check(QuantizedModel model)
    {
        Require(model.Joints > 0 && model.Frames > 0 && model.Persons > 0 && model.InputChannels > 0 && model.Classes > 0, "model", "a size below 1");
        var input = model.Persons * model.Joints * model.InputChannels;
        Require(model.Input.Scale.Length == input && model.Input.Offset.Length == input, "input", $"scales or offsets other than {input}");
        var channels = model.InputChannels;
        Require(model.Blocks.Count > 0, "blocks", "none");
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            var block = model.Blocks[b];
            Require(block.InputChannels == channels, $"blocks[{b}]", $"{block.InputChannels} input channels after {channels}");
            Check(block, model.Joints, model.Subsets, $"blocks[{b}]");
            var next = b + 1 < model.Blocks.Count ? model.Blocks[b + 1].FeatureBits : block.FeatureBits;
            Require(block.OutputBits == next, $"blocks[{b}]", $"{block.OutputBits} output bits where {next} are read");
            channels = block.OutputChannels;
        }
        Require(
            model.Classifier.Weight.Length == model.Classes * channels && model.Classifier.Bias.Length == model.Classes,
            "classifier", $"weights other than {model.Classes} x {channels}");
    }

    private static void Check(QuantizedBlock block, int joints, int subsets, string where)
    {
        var (inputs, outputs) = (block.InputChannels, block.OutputChannels);
        Require(outputs > 0 && block.Stride > 0, where, "output channels or a stride below 1");
        Require(block.Kernel > 0 && block.Kernel % 2 == 1, where, $"a kernel of {block.Kernel}, not odd");
        Require(block.Graph.Length == subsets * joints * joints, where, $"{block.Graph.Length} graph weights");
        Require(block.Spatial.Length == subsets * inputs * outputs, where, $"{block.Spatial.Length} spatial weights");
        Require(block.Temporal.Length == outputs * outputs * block.Kernel, where, $"{block.Temporal.Length} temporal weights");
        Require(block.SpatialBias.Length == outputs && block.TemporalBias.Length == outputs, where, $"biases other than {outputs}");
        Require((block.Down?.Length ?? outputs * outputs) == inputs * outputs, where, "a shortcut of another shape");
        // The kernels follow the weight, AccumulatorBounds follows the kind: they must agree.
        Require(block.ResidualWeight is null == (block.Residual != ResidualKind.Convolution), where, "a residual weight that its kind denies");
        var isIdentity = block.Residual == ResidualKind.Identity;
        Require(!isIdentity || (inputs == outputs && block.Stride == 1), where, "an identity residual of another shape");
        Require(block.ResidualWeight is null || block.ResidualWeight.Length == inputs * outputs, where, "residual weights of another shape");
    }

    private static void Require(bool holds, string where, string what)
    {
        if (!holds)
        {
            throw new ArgumentException($"{where}: {what}; the arrays of a model must fit its sizes.", nameof(where));
        }
    }
}
