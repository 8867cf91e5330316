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
    public static long Graph(BlockDesign block, ClipActivity clip)
    {
        var x = clip.Features[block.Number - 1];
        var frames = x.Channels.Length / x.ChannelCount;
        long cycles = 0;
        for (var frame = 0; frame < frames; frame++)
        {
            foreach (var channel in block.KeptChannels)
            {
                var work = x.Channels[(frame * x.ChannelCount) + channel];
                cycles += Math.Max(Math.Max((int)work, 1), block.Parameters.GraphWords);
            }
        }
        return cycles * block.GraphPasses;
    }

    /// <summary>Spatial array: the same for every frame.</summary>
    public static long Array(BlockDesign block) =>
        (long)block.Model.Persons * block.Frames * block.JointGroups * block.ChannelGroups
        * Math.Max(block.ArrayOperations, block.Parameters.JointLanes);

    /// <summary>Spatial shortcut convolution.</summary>
    public static long Down(BlockDesign block, ClipActivity clip)
    {
        long cycles = 0;
        foreach (var work in clip.Features[block.Number - 1].Rows)
        {
            cycles += Math.Max(Math.Max(work, 1), block.Parameters.DownColumns);
        }
        return cycles * block.DownPasses;
    }

    /// <summary>
    /// Temporal engines, the slowest: passes over the z rows of its joints. The ring's port must also add every column and
    /// drain every finished row; where that is more than the passes take, it counts.
    /// </summary>
    public static long Temporal(BlockDesign block, ClipActivity clip)
    {
        var (plan, stride, engines) = (block.Temporal, block.Integers.Stride, block.Parameters.TemporalEngines);
        var z = clip.Middle[block.Number - 1].Rows;
        var (cycles, port) = (new long[engines], new long[engines]);
        for (var row = 0; row < z.Length; row++)
        {
            var phase = row / block.Joints % block.Frames % stride;
            var engine = row % block.Joints % engines;
            cycles[engine] += plan.Passes[phase] * (long)Math.Max(z[row], plan.Columns + 1);
            port[engine] += ((long)plan.Passes[phase] * plan.Columns) + (phase == 0 ? plan.GroupChannels : 0);
        }
        return Math.Max(cycles.Max(), port.Max());
    }

    /// <summary>Residual convolution: reads the rows of every stride-th frame.</summary>
    public static long Residual(BlockDesign block, ClipActivity clip)
    {
        long cycles = 0;
        var x = clip.Features[block.Number - 1].Rows;
        for (var row = 0; row < x.Length; row++)
        {
            if (row / block.Joints % block.Frames % block.Integers.Stride == 0)
            {
                cycles += Math.Max(Math.Max(x[row], 1), block.Parameters.ResidualColumns);
            }
        }
        return cycles * block.ResidualPasses;
    }

    /// <summary>Rounding and encoding at the end of the spatial stage.</summary>
    public static long SpatialFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.Frames * block.Joints * block.OutBanks * 16 / block.Parameters.SpatialFinish;

    /// <summary>Rounding and encoding at the end of the block.</summary>
    public static long TemporalFinish(BlockDesign block) =>
        (long)block.Model.Persons * block.OutFrames * block.Joints * block.OutBanks * 16 / block.Parameters.TemporalFinish;
}
