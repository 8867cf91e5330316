using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.Cycles;

/// <summary>All of a clip that the cycle model needs: counts of non-zeros at every boundary.</summary>
/// <param name="Features">x0 and every block's output.</param>
/// <param name="Middle">z of every block.</param>
public sealed record ClipActivity(IReadOnlyList<RowActivity> Features, IReadOnlyList<RowActivity> Middle)
{
    /// <summary>Counts a clip of a design.</summary>
    public static ClipActivity Of(AcceleratorDesign design, ClipTrace trace)
    {
        var joints = design.Model.Joints;
        return new ClipActivity(
            [.. trace.Features.Select((x, n) => RowActivity.Count(
                x, joints, n == 0 ? design.Model.InputChannels : design.Blocks[n - 1].Integers.OutputChannels))],
            [.. trace.Middle.Select((z, n) => RowActivity.Count(z, joints, design.Blocks[n].Integers.OutputChannels))]);
    }
}
