using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Sparsity;

namespace Hypgcn.Cycles;

/// <summary>All of a clip that the cycle model needs: counts of non-zeros at every boundary.</summary>
/// <param name="Features">x0 and every block's output.</param>
/// <param name="Middle">z of every block.</param>
public sealed record ClipActivity(IReadOnlyList<RowActivity> Features, IReadOnlyList<RowActivity> Middle)
{
    // Rows behind FIFOs that dropped something, by block; empty where none did.
    private IReadOnlyList<(int[]? Spatial, int[]? Middle, int[]? Residual)> Seen { get; init; } = [];

    /// <summary>Non-zeros of the rows that a block's reader sees, [person, frame, joint] of its boundary.</summary>
    /// <param name="block">From 0.</param>
    /// <param name="reader">Behind which FIFO.</param>
    public int[] Rows(int block, RfcReader reader)
    {
        var seen = Seen.Count == 0 ? default : Seen[block];
        return reader switch
        {
            RfcReader.Spatial => seen.Spatial ?? Features[block].Rows,
            RfcReader.Middle => seen.Middle ?? Middle[block].Rows,
            _ => seen.Residual ?? Features[block].Rows,
        };
    }

    /// <summary>A clip with the same share of non-zeros everywhere; with 100 percent the longest that any clip can take.</summary>
    /// <param name="model">The network.</param>
    /// <param name="percent">Share of non-zeros after each ReLU, 1 to 100; x0 has no zeros.</param>
    public static ClipActivity Uniform(QuantizedModel model, int percent) => Spread(model, (_, _) => percent);

    /// <summary>A clip with the mean share of non-zeros that was measured in front of every block and of its temporal convolution.</summary>
    public static ClipActivity Mean(QuantizedModel model, NetworkSparsity sparsity)
    {
        ArgumentNullException.ThrowIfNull(sparsity);
        // What the last block gives goes to the pool alone, which skips nothing.
        return Spread(model, (b, isMiddle) => isMiddle
            ? sparsity.Blocks[b].Middle.Percent(model.Blocks[b].OutputChannels)
            : b + 1 < sparsity.Blocks.Count ? sparsity.Blocks[b + 1].Spatial.Percent(model.Blocks[b].OutputChannels) : 100);
    }

    /// <param name="model">The network.</param>
    /// <param name="percent">Of a block (from 0) and whether of z, else of its output.</param>
    private static ClipActivity Spread(QuantizedModel model, Func<int, bool, int> percent)
    {
        var frames = model.Frames;
        var features = new List<RowActivity> { RowActivity.Uniform(model.Persons * frames, model.Joints, model.InputChannels, 100) };
        var middle = new List<RowActivity>();
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            var block = model.Blocks[b];
            middle.Add(RowActivity.Uniform(model.Persons * frames, model.Joints, block.OutputChannels, percent(b, true)));
            frames = (frames + block.Stride - 1) / block.Stride;
            features.Add(RowActivity.Uniform(model.Persons * frames, model.Joints, block.OutputChannels, percent(b, false)));
        }
        return new ClipActivity(features, middle);
    }

    /// <summary>Counts a clip as its readers see it.</summary>
    public static ClipActivity Of(QuantizedModel model, ClipTrace trace)
    {
        var joints = model.Joints;
        return new ClipActivity(
            [.. trace.Features.Select((x, n) => RowActivity.Count(
                x, joints, n == 0 ? model.InputChannels : model.Blocks[n - 1].OutputChannels))],
            [.. trace.Middle.Select((z, n) => RowActivity.Count(z, joints, model.Blocks[n].OutputChannels))])
        {
            Seen = [.. trace.Readers.Select((seen, n) => (
                Rows(seen.Spatial, model.Blocks[n].InputChannels),
                Rows(seen.Middle, model.Blocks[n].OutputChannels),
                Rows(seen.Residual, model.Blocks[n].InputChannels)))],
        };

        int[]? Rows(short[]? values, int channels) => values is null ? null : RowActivity.Count(values, joints, channels).Rows;
    }
}
