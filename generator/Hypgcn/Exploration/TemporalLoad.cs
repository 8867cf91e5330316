using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Cycles per clip of a block's temporal engines and residual convolution for any lanes, from counts of non-zeros that are
/// sorted once by joint and phase. Agrees with <see cref="UnitCycles"/>.
/// </summary>
internal sealed class TemporalLoad
{
    private readonly BlockDesign _block;
    private readonly int[][][][] _rows; // [clip][phase][joint]: rows by count of non-zeros
    private readonly int[][] _residual; // [clip]: rows by count
    private readonly Dictionary<int, long[][][]> _cycles = []; // by columns: of one pass, [clip][phase][joint]

    public TemporalLoad(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        _block = block;
        var stride = block.Integers.Stride;
        var (outputs, inputs) = (block.Integers.OutputChannels, block.Integers.InputChannels);
        _rows = [.. clips.Select(_ => New(stride, () => New(block.Joints, () => new int[outputs + 1])))];
        _residual = [.. clips.Select(_ => new int[inputs + 1])];
        for (var clip = 0; clip < clips.Count; clip++)
        {
            var (z, x) = (clips[clip].Middle[block.Number - 1].Rows, clips[clip].Features[block.Number - 1].Rows);
            for (var row = 0; row < z.Length; row++)
            {
                var phase = row / block.Joints % block.Frames % stride;
                _rows[clip][phase][row % block.Joints][z[row]]++;
                if (phase == 0)
                {
                    _residual[clip][x[row]]++;
                }
            }
        }
    }

    /// <summary>The slowest temporal engine in the slowest clip.</summary>
    /// <param name="plan">Pairs in groups; its columns are not used.</param>
    /// <param name="columns">Lanes of a group.</param>
    /// <param name="engines">Engines.</param>
    public long Temporal(TemporalPlan plan, int columns, int engines)
    {
        if (!_cycles.TryGetValue(columns, out var cycles))
        {
            cycles = [.. _rows.Select(clip => clip.Select(phase => phase.Select(counts => Sum(counts, columns + 1)).ToArray()).ToArray())];
            _cycles[columns] = cycles;
        }
        long slowest = 0;
        for (var clip = 0; clip < cycles.Length; clip++)
        {
            for (var engine = 0; engine < engines; engine++)
            {
                slowest = Math.Max(slowest, Engine(plan, columns, cycles[clip], _rows[clip], engine, engines));
            }
        }
        return slowest;
    }

    /// <summary>The residual convolution in the slowest clip.</summary>
    public long Residual(int columns, int passes) => passes * _residual.Max(counts => Sum(counts, Math.Max(1, columns)));

    private long Engine(TemporalPlan plan, int columns, long[][] cycles, int[][][] rows, int engine, int engines)
    {
        long passes = 0;
        long port = 0;
        for (var phase = 0; phase < cycles.Length; phase++)
        {
            var count = BlockDesign.Divide(plan.Pairs(phase), columns);
            for (var joint = engine; joint < _block.Joints; joint += engines)
            {
                passes += count * cycles[phase][joint];
                port += rows[phase][joint].Sum(n => (long)n) * ((count * columns) + (phase == 0 ? plan.GroupChannels : 0));
            }
        }
        return Math.Max(passes, port);
    }

    private static long Sum(int[] counts, int least)
    {
        long sum = 0;
        for (var n = 0; n < counts.Length; n++)
        {
            sum += (long)counts[n] * Math.Max(n, least);
        }
        return sum;
    }

    private static T[] New<T>(int count, Func<T> create) => [.. Enumerable.Range(0, count).Select(_ => create())];
}
