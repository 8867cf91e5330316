using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// What units take for a clip with waiting for each other. Temporal engines: rows come in the order of the joints, and each engine
/// holds two; complete rows leave the ring where nothing is added to it, and as fast as the finish takes them. Graph engine and array: frames
/// differ for the one and not for the other, and between them there is room for two. Everything else that the cycle model has is left out.
/// </summary>
internal static class RowFlow
{
    /// <summary>Temporal engines: cycles for a clip, the mean of those given, sent again and again.</summary>
    public static long Temporal(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        var (engines, columns) = (block.Parameters.TemporalEngines, block.Temporal.Columns);
        // Words of complete rows that wait in the ring of each engine. All may wait but those of a frame before.
        var waiting = new double[engines];
        double[] most = [.. Enumerable.Range(0, engines).Select(engine => (block.EngineJoints(engine) - 1) * (double)block.Temporal.GroupChannels)];
        var share = (double)block.Parameters.TemporalFinish / block.Parameters.TemporalGroups; // of a word in a cycle
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
                var pass = Math.Max(rows[row], columns + 1);
                var start = Math.Max(load, last[engine]);
                waiting[engine] = Math.Max(0, waiting[engine] - (share * (start - last[engine])));
                if (waiting[engine] > most[engine])
                {
                    start += (long)((waiting[engine] - most[engine]) / share);
                    waiting[engine] = most[engine];
                }
                last[engine] = start + (passes[frame] * (long)pass);
                var gap = pass - columns;
                var drained = passes[frame] * Math.Min(gap, Math.Min(TemporalModel.OutWords + (share * gap), share / engines * pass));
                waiting[engine] = Math.Max(0, waiting[engine] - drained) + (frame % block.Integers.Stride == 0 ? block.Temporal.GroupChannels : 0);
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
