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
    internal static long[] DownWork(BlockDesign block, ClipActivity clip) => RowWork(block, clip, 1);

    /// <summary>How many rows that the residual reads, of every stride-th frame, have 0, 1, .. non-zeros.</summary>
    internal static long[] ResidualWork(BlockDesign block, ClipActivity clip) => RowWork(block, clip, block.Integers.Stride);

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
        block.Down.Passes * Passes(DownWork(block, clip), block.Down.Columns);

    /// <summary>
    /// Temporal engines, the slowest: passes over the z rows of its joints. The ring's port must also add every column and
    /// drain every finished row; where that is more than the passes take, it counts.
    /// </summary>
    public static long Temporal(BlockDesign block, ClipActivity clip)
    {
        var (plan, engines) = (block.Temporal, block.Parameters.TemporalEngines);
        var z = clip.Middle[block.Number - 1].Rows;
        var (cycles, port) = (new long[engines], new long[engines]);
        for (var row = 0; row < z.Length; row++)
        {
            var frame = row / block.Joints % block.Frames;
            var passes = plan.Passes(frame);
            var engine = block.EngineOf(row % block.Joints);
            cycles[engine] += passes * (long)Math.Max(z[row], plan.Columns + 1);
            port[engine] += TemporalPort(plan, frame % plan.Stride, passes * plan.Columns);
        }
        return Math.Max(cycles.Max(), port.Max());
    }

    /// <summary>Operations of the ring's port for a row: columns that are added, and where a row closes its drain.</summary>
    internal static long TemporalPort(TemporalPlan plan, int phase, int columns) => columns + (phase == 0 ? plan.GroupChannels : 0);

    /// <summary>Residual convolution.</summary>
    public static long Residual(BlockDesign block, ClipActivity clip) =>
        block.Residual.Passes * Passes(ResidualWork(block, clip), block.Residual.Columns);

    /// <summary>Rounding and encoding at the end of the spatial stage.</summary>
    public static long SpatialFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.Frames * block.Joints * block.OutBanks * 16 / block.Parameters.SpatialFinish;

    /// <summary>Rounding and encoding at the end of the block.</summary>
    public static long TemporalFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.OutFrames * block.Joints * block.OutBanks * 16 / block.Parameters.TemporalFinish;

    private static long[] RowWork(BlockDesign block, ClipActivity clip, int stride)
    {
        var rows = clip.Features[block.Number - 1].Rows;
        var work = new long[block.Integers.InputChannels + 1];
        for (var row = 0; row < rows.Length; row++)
        {
            work[rows[row]] += row / block.Joints % block.Frames % stride == 0 ? 1 : 0;
        }
        return work;
    }
}
