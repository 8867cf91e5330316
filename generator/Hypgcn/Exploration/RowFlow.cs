using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// What units take for a clip with waiting for each other. Several temporal engines: rows come in the order of the joints, and each engine
/// holds two. Graph engine and array: frames differ for the one and not for the other, and between them there is room for two. Everything else that the
/// cycle model has is left out.
/// </summary>
internal static class RowFlow
{
    /// <summary>Temporal engines: cycles for a clip, the mean of those given, sent again and again.</summary>
    public static long Temporal(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        var (engines, least) = (block.Parameters.TemporalEngines, block.Temporal.Columns + 1);
        int[] passes = [.. Enumerable.Range(0, block.Frames).Select(block.Temporal.Passes)];
        int[] engineOf = [.. Enumerable.Range(0, block.Joints).Select(block.EngineOf)];
        var (last, previous) = (new long[engines], new long[engines]); // end of the last row of each, and of the one before
        long load = 0;
        long first = 0;
        for (var n = 0; n <= clips.Count; n++)
        {
            var rows = clips[n % clips.Count].Middle[block.Number - 1].Rows;
            for (int row = 0, joint = 0, frame = 0; row < rows.Length; row++)
            {
                var engine = engineOf[joint];
                load = Math.Max(load, previous[engine]) + block.OutBanks;
                previous[engine] = last[engine];
                last[engine] = Math.Max(load, last[engine]) + (passes[frame] * (long)Math.Max(rows[row], least));
                if (++joint == engineOf.Length)
                {
                    joint = 0;
                    frame = frame + 1 == passes.Length ? 0 : frame + 1;
                }
            }
            first = n == 0 ? last.Max() : first;
        }
        return Work.Mean(last.Max() - first, clips.Count);
    }

    /// <summary>Graph engine and array: the same.</summary>
    public static long Spatial(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        var array = UnitCycles.Array(block) / (block.Model.Persons * block.Frames);
        var (least, passes) = (block.Parameters.GraphWords, (long)block.GraphPasses);
        var (graph, last, previous, first) = (0L, 0L, 0L, 0L); // end of the frame in the graph engine, of the last two in the array
        for (var n = 0; n <= clips.Count; n++)
        {
            var x = clips[n % clips.Count].Features[block.Number - 1];
            for (var frame = 0; frame < x.Channels.Length; frame += x.ChannelCount)
            {
                var work = 0;
                foreach (var channel in block.KeptChannels)
                {
                    work += Math.Max(Math.Max((int)x.Channels[frame + channel], 1), least);
                }
                graph = Math.Max(graph, previous) + (passes * work);
                (previous, last) = (last, Math.Max(graph, last) + array);
            }
            first = n == 0 ? last : first;
        }
        return Work.Mean(last - first, clips.Count);
    }
}
