using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Cycles;

/// <summary>All of a clip that the cycle model needs: counts of non-zeros at every boundary.</summary>
/// <param name="Features">x0 and every block's output.</param>
/// <param name="Middle">z of every block.</param>
public sealed record ClipActivity(IReadOnlyList<RowActivity> Features, IReadOnlyList<RowActivity> Middle)
{
    /// <summary>A clip without a single zero: the longest any clip can take.</summary>
    public static ClipActivity Dense(QuantizedModel model)
    {
        var frames = model.Frames;
        var features = new List<RowActivity> { RowActivity.Dense(model.Persons * frames, model.Joints, model.InputChannels) };
        var middle = new List<RowActivity>();
        foreach (var block in model.Blocks)
        {
            middle.Add(RowActivity.Dense(model.Persons * frames, model.Joints, block.OutputChannels));
            frames = (frames + block.Stride - 1) / block.Stride;
            features.Add(RowActivity.Dense(model.Persons * frames, model.Joints, block.OutputChannels));
        }
        return new ClipActivity(features, middle);
    }

    /// <summary>Counts a clip.</summary>
    public static ClipActivity Of(QuantizedModel model, ClipTrace trace)
    {
        var joints = model.Joints;
        return new ClipActivity(
            [.. trace.Features.Select((x, n) => RowActivity.Count(
                x, joints, n == 0 ? model.InputChannels : model.Blocks[n - 1].OutputChannels))],
            [.. trace.Middle.Select((z, n) => RowActivity.Count(z, joints, model.Blocks[n].OutputChannels))]);
    }
}
