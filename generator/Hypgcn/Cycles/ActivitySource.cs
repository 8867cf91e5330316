using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.Cycles;

/// <summary>Hands the counts of a run's clips to a block's engines in the order in which they ask.</summary>
internal sealed class ActivitySource(BlockDesign block, IReadOnlyList<ClipActivity> clips)
{
    private readonly int _rows = block.Model.Persons * block.Frames * block.Joints;
    private readonly int _residualRows = block.Model.Persons * block.OutFrames * block.Joints;
    private readonly int _kept = block.KeptChannels.Count;
    private readonly int _frames = block.Model.Persons * block.Frames;

    /// <summary>Joints with a non-zero, n-th kept channel of the run.</summary>
    public int Channel(int n)
    {
        var (frame, q) = Math.DivRem(n, _kept);
        var x = clips[frame / _frames].Features[block.Number - 1];
        return x.Channels[(frame % _frames * x.ChannelCount) + block.KeptChannels[q]];
    }

    /// <summary>Non-zeros of the n-th row of x that the spatial shortcut reads.</summary>
    public int Input(int n) => clips[n / _rows].Rows(block.Number - 1, RfcReader.Spatial)[n % _rows];

    /// <summary>Non-zeros of the n-th row of z that the temporal engine reads.</summary>
    public int Middle(int n) => clips[n / _rows].Rows(block.Number - 1, RfcReader.Middle)[n % _rows];

    /// <summary>Non-zeros of the n-th row of x that the residual reads (every stride-th frame).</summary>
    public int Residual(int n)
    {
        var (clip, row) = Math.DivRem(n, _residualRows);
        var (frame, joint) = Math.DivRem(row, block.Joints);
        var (person, out_) = Math.DivRem(frame, block.OutFrames);
        var at = ((person * block.Frames) + (out_ * block.Integers.Stride)) * block.Joints;
        return clips[clip].Rows(block.Number - 1, RfcReader.Residual)[at + joint];
    }
}
