using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Cycles an engine is busy with one clip, from the clip's counts of non-zeros and the engine's lanes alone. In steady state
/// the slowest engine sets the interval between clips; the cycle model says what waiting adds.
/// </summary>
internal static class UnitCycles
{
    /// <summary>Graph engine: per frame and kept channel, every pass takes its joints with a non-zero.</summary>
    public static long Graph(BlockDesign block, ClipActivity clip) =>
        block.GraphPasses * Passes(GraphWork(block, clip), block.Parameters.GraphWords);

    /// <summary>How many channels of all frames have 0, 1, .. V joints with a non-zero.</summary>
    internal static long[] GraphWork(BlockDesign block, ClipActivity clip)
    {
        var x = clip.Features[block.Number - 1];
        var work = new long[block.Joints + 1];
        for (var frame = 0; frame < x.Channels.Length; frame += x.ChannelCount)
        {
            foreach (var channel in block.KeptChannels)
            {
                work[x.Channels[frame + channel]]++;
            }
        }
        return work;
    }

    /// <summary>How many rows that the spatial shortcut reads have 0, 1, .. non-zeros.</summary>
    internal static long[] DownWork(BlockDesign block, ClipActivity clip)
    {
        var rows = clip.Features[block.Number - 1].Rows;
        var work = new long[rows.Max() + 1];
        foreach (var row in rows)
        {
            work[row]++;
        }
        return work;
    }

    /// <summary>Cycles of one pass over each of these: its non-zeros, and no less than its engine needs to drain.</summary>
    internal static long Passes(ReadOnlySpan<long> work, int least)
    {
        long cycles = 0;
        for (var count = 0; count < work.Length; count++)
        {
            cycles += work[count] * Math.Max(count, least);
        }
        return cycles;
    }

    /// <summary>Spatial array: the same for every frame.</summary>
    public static long Array(BlockDesign block) =>
        (long)block.Model.Persons * block.Frames * block.JointGroups * block.ChannelGroups
        * Math.Max(block.ArrayOperations, block.Parameters.JointLanes);

    /// <summary>Spatial shortcut convolution.</summary>
    public static long Down(BlockDesign block, ClipActivity clip) =>
        block.DownPasses * Passes(DownWork(block, clip), block.Parameters.DownColumns);

    /// <summary>
    /// Temporal engine: passes over z rows and rows of the residual convolution. The ring's port must also add every
    /// column and drain every finished row; where that is more than the passes take, it counts.
    /// </summary>
    public static long Temporal(BlockDesign block, ClipActivity clip)
    {
        var (plan, stride) = (block.Temporal, block.Integers.Stride);
        var z = clip.Middle[block.Number - 1].Rows;
        var x = clip.Features[block.Number - 1].Rows;
        long cycles = 0;
        for (var row = 0; row < z.Length; row++)
        {
            var phase = row / block.Joints % block.Frames % stride;
            long passes = plan.Passes[phase] * (long)Math.Max(z[row], plan.Columns + 1);
            long port = (long)plan.Passes[phase] * plan.Columns;
            if (block.HasAux && phase == 0)
            {
                passes += plan.Passes[stride] * (long)Math.Max(x[row], plan.Columns + 1);
                port += (long)plan.Passes[stride] * plan.Columns;
            }
            port += phase == 0 ? plan.GroupChannels : 0;
            cycles += Math.Max(passes, port);
        }
        return cycles + (block.Model.Persons * TailRows(block) * Math.Max(plan.GroupChannels, FinishRow(block)));
    }

    /// <summary>Rounding and encoding at the end of the spatial stage.</summary>
    public static long SpatialFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.Frames * block.Joints * block.OutBanks * 16 / block.Parameters.SpatialFinish;

    /// <summary>Rounding and encoding at the end of the block.</summary>
    public static long TemporalFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.OutFrames * block.Joints * FinishRow(block);

    // Rows still open when a person's last frame has been added; the engine waits for them.
    private static long TailRows(BlockDesign block)
    {
        var pad = (block.Integers.Kernel - 1) / 2;
        var closed = block.Frames - 1 >= pad ? ((block.Frames - 1 - pad) / block.Integers.Stride) + 1 : 0;
        return (block.OutFrames - closed) * (long)block.Joints;
    }

    private static long FinishRow(BlockDesign block) => block.OutBanks * 16 / block.Parameters.TemporalFinish;
}
