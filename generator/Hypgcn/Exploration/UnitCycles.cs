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
    internal static long[] DownWork(BlockDesign block, ClipActivity clip) => DownWork(block, [clip], 1)[0];

    /// <summary>The same of the rows that each of so many engines takes of clips one after another, the first row going to the first engine.</summary>
    internal static long[][] DownWork(BlockDesign block, IReadOnlyList<ClipActivity> clips, int engines) => RowWork(block, clips, 1, engines);

    /// <summary>How many rows that the residual reads, of every stride-th frame, have 0, 1, .. non-zeros.</summary>
    internal static long[] ResidualWork(BlockDesign block, ClipActivity clip) => ResidualWork(block, [clip], 1)[0];

    /// <summary>The same of the rows that each of so many engines takes.</summary>
    internal static long[][] ResidualWork(BlockDesign block, IReadOnlyList<ClipActivity> clips, int engines) =>
        RowWork(block, clips, block.Integers.Stride, engines);

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

    /// <summary>Spatial shortcut convolution, the slowest of its engines.</summary>
    public static long Down(BlockDesign block, ClipActivity clip) =>
        Pointwise(block.Down, DownWork(block, [clip], block.Parameters.DownEngines));

    /// <summary>Passes over the rows of the engine with the most to do.</summary>
    /// <param name="shape">The lanes of an engine.</param>
    /// <param name="work">By engine: how many rows have 0, 1, .. non-zeros.</param>
    internal static long Pointwise(PointwiseShape shape, long[][] work) => shape.Passes * work.Max(rows => Passes(rows, shape.Columns));

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

    /// <summary>Residual convolution, the slowest of its engines.</summary>
    public static long Residual(BlockDesign block, ClipActivity clip) =>
        Pointwise(block.Residual, ResidualWork(block, [clip], block.Parameters.ResidualEngines));

    /// <summary>Rounding and encoding at the end of the spatial stage.</summary>
    public static long SpatialFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.Frames * block.Joints * block.OutBanks * 16 / block.Parameters.SpatialFinish;

    /// <summary>Rounding and encoding at the end of the block.</summary>
    public static long TemporalFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.OutFrames * block.Joints * block.OutBanks * 16 / block.Parameters.TemporalFinish;

    private static long[][] RowWork(BlockDesign block, IReadOnlyList<ClipActivity> clips, int stride, int engines)
    {
        long[][] work = [.. Enumerable.Range(0, engines).Select(_ => new long[block.Integers.InputChannels + 1])];
        var engine = 0;
        foreach (var rows in clips.Select(clip => clip.Features[block.Number - 1].Rows))
        {
            for (var row = 0; row < rows.Length; row++)
            {
                if (row / block.Joints % block.Frames % stride == 0)
                {
                    work[engine][rows[row]]++;
                    engine = engine == engines - 1 ? 0 : engine + 1;
                }
            }
        }
        return work;
    }
}
