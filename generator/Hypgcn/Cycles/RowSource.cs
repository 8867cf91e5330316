using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.Cycles;

/// <summary>Hands the counts of a run's clips to an engine in the order in which it asks.</summary>
internal sealed class RowSource
{
    private readonly int[][] _clips;
    private int _clip;
    private int _at;

    private RowSource(IEnumerable<int[]> clips) => _clips = [.. clips];

    /// <summary>Joints with a non-zero, of every kept channel.</summary>
    public static RowSource Channels(BlockDesign block, IReadOnlyList<ClipActivity> clips) => new(clips.Select(clip =>
    {
        var x = clip.Features[block.Number - 1];
        var kept = block.KeptChannels;
        var work = new int[x.Channels.Length / x.ChannelCount * kept.Count];
        for (int frame = 0, at = 0; frame < x.Channels.Length; frame += x.ChannelCount)
        {
            for (var q = 0; q < kept.Count; q++)
            {
                work[at++] = x.Channels[frame + kept[q]];
            }
        }
        return work;
    }));

    /// <summary>Non-zeros of the rows of x that the spatial shortcut reads.</summary>
    public static RowSource Spatial(BlockDesign block, IReadOnlyList<ClipActivity> clips) =>
        new(clips.Select(clip => clip.Rows(block.Number - 1, RfcReader.Spatial)));

    /// <summary>Non-zeros of the rows of z that the temporal engines read.</summary>
    public static RowSource Middle(BlockDesign block, IReadOnlyList<ClipActivity> clips) =>
        new(clips.Select(clip => clip.Rows(block.Number - 1, RfcReader.Middle)));

    /// <summary>Non-zeros of the rows of x that the residual reads (every stride-th frame).</summary>
    public static RowSource Residual(BlockDesign block, IReadOnlyList<ClipActivity> clips) => new(clips.Select(clip => clip
        .Rows(block.Number - 1, RfcReader.Residual)
        .Where((_, row) => row / block.Joints % block.Frames % block.Integers.Stride == 0).ToArray()));

    /// <summary>The next row's, or channel's, count.</summary>
    public int Next()
    {
        var clip = _clips[_clip];
        var work = clip[_at++];
        if (_at == clip.Length)
        {
            (_clip, _at) = (_clip + 1, 0);
        }
        return work;
    }
}
