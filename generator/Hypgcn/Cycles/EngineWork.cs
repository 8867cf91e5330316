using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.Cycles;

/// <summary>What one engine must multiply for a run of clips, and with how many lanes.</summary>
/// <param name="Stage">Stage name, e.g. <c>block3.temporal</c>.</param>
/// <param name="Products">
/// Products that the result needs: non-zero features (of the clips at hand) times weights of the engine's structure. In the
/// temporal engine only pairs whose output frame exists; in the spatial array U is dense.
/// </param>
/// <param name="Lanes">Products the engine can make in a cycle.</param>
public sealed record EngineWork(string Stage, long Products, int Lanes)
{
    /// <summary>The multiplying engines of all blocks, in the order of the stages.</summary>
    public static IReadOnlyList<EngineWork> Of(AcceleratorDesign design, IReadOnlyList<ClipActivity> clips) =>
        [.. design.Blocks.SelectMany(block => Of(block, clips))];

    private static IEnumerable<EngineWork> Of(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        var (p, outputs) = (block.Parameters, block.Integers.OutputChannels);
        yield return new($"{block.Name}.graph", clips.Sum(clip => Graph(block, clip)), p.GraphWords * p.GraphLanes);
        yield return new(
            $"{block.Name}.array",
            (long)clips.Count * block.Model.Persons * block.Frames * block.Joints * block.ArrayOperations * outputs,
            p.JointLanes * p.ArrayChannels);
        foreach (var (stage, values) in Turns(block.DownStages, clips.SelectMany(clip => clip.Rows(block.Number - 1, RfcReader.Spatial))))
        {
            yield return new($"{block.Name}.{stage}", values * outputs, p.DownColumns * p.DownChannels);
        }
        for (var engine = 0; engine < p.TemporalEngines; engine++)
        {
            yield return new(
                $"{block.Name}.{block.TemporalStages[engine]}",
                clips.Sum(clip => Temporal(block, clip, engine)),
                p.TemporalColumns * p.TemporalGroups);
        }
        foreach (var (stage, values) in Turns(block.ResidualStages, clips.SelectMany(clip => Residual(block, clip))))
        {
            yield return new($"{block.Name}.{stage}", values * outputs, p.ResidualColumns * p.ResidualChannels);
        }
    }

    /// <summary>Non-zeros of the rows that each engine takes; it takes turns with the others from clip to clip.</summary>
    private static IEnumerable<(string Stage, long Values)> Turns(IReadOnlyList<string> stages, IEnumerable<int> rows)
    {
        var values = new long[stages.Count];
        foreach (var (row, count) in stages.Count == 0 ? [] : rows.Index())
        {
            values[row % values.Length] += count;
        }
        return stages.Zip(values);
    }

    /// <summary>Non-zeros of the rows that the residual reads.</summary>
    private static IEnumerable<int> Residual(BlockDesign block, ClipActivity clip) => clip.Rows(block.Number - 1, RfcReader.Residual)
        .Where((_, row) => row / block.Joints % block.Frames % block.Integers.Stride == 0);

    private static long Graph(BlockDesign block, ClipActivity clip)
    {
        var x = clip.Features[block.Number - 1];
        long values = 0;
        for (var frame = 0; frame < x.Channels.Length; frame += x.ChannelCount)
        {
            values += block.KeptChannels.Sum(channel => x.Channels[frame + channel]);
        }
        return values * block.Model.Subsets * block.Joints;
    }

    private static long Temporal(BlockDesign block, ClipActivity clip, int engine)
    {
        var (plan, pad) = (block.Temporal, (block.Integers.Kernel - 1) / 2);
        var filters = Enumerable.Range(0, plan.Kernel).Select(plan.Filters).ToArray();
        var z = clip.Rows(block.Number - 1, RfcReader.Middle);
        long products = 0;
        for (var row = 0; row < z.Length; row++)
        {
            if (block.EngineOf(row % block.Joints) != engine)
            {
                continue;
            }
            var frame = row / block.Joints % block.Frames;
            for (var tap = 0; tap < plan.Kernel; tap++)
            {
                var place = frame + pad - tap;
                if (place >= 0 && place % plan.Stride == 0 && place / plan.Stride < block.OutFrames)
                {
                    products += (long)z[row] * filters[tap];
                }
            }
        }
        return products;
    }
}
