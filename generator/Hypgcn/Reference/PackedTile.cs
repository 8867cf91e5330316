namespace Hypgcn.Reference;

/// <summary>One tile of a <see cref="PackedProduct"/>.</summary>
/// <param name="FirstOutput">Index of the tile's first output.</param>
/// <param name="Groups">Groups of 16 outputs, 1 to 4.</param>
/// <param name="Offsets">Memory offset of each pair of inputs.</param>
/// <param name="SegmentEnds">Past-the-end pair of each segment; at least one segment.</param>
/// <param name="Weights">[pair][group][output][2].</param>
internal sealed record PackedTile(int FirstOutput, int Groups, PinnedArray<int> Offsets, PinnedArray<int> SegmentEnds, PinnedArray<short> Weights)
{
    public int Outputs => Groups * PackedProduct.GroupOutputs;
}
