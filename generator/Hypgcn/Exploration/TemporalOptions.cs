using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Every way to build a block's temporal engines and residual convolution. Counts of non-zeros are sorted once by joint and
/// class of frames, so that any lanes are measured without going through the rows again; the result is that of <see cref="UnitCycles"/>.
/// </summary>
internal sealed class TemporalOptions
{
    private readonly BlockDesign _block;
    private readonly ClipShares? _shares;
    private readonly long[][][][] _rows; // [clip or all clips][class][joint]: rows by count of non-zeros
    private readonly long[][] _rowCounts; // [class][joint]: rows of one of these
    private readonly long[][] _residualWork; // by clip

    /// <param name="block">The block.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="shares">How clips count; null: cycles are those of the slowest clip, and joints go to engines in turn instead of by their work.</param>
    public TemporalOptions(BlockDesign block, IReadOnlyList<ClipActivity> clips, ClipShares? shares = null)
    {
        (_block, _shares) = (block, shares);
        _rows = [.. (shares?.Groups(clips) ?? [.. clips.Select(clip => new[] { clip })]).Select(group => group.Select(Rows)
            .Aggregate((left, right) => [.. left.Zip(right, (a, b) => a.Zip(b, (c, d) => Work.Sum([c, d])).ToArray())]))];
        _rowCounts = [.. _rows[0].Select(joints => joints.Select(rows => rows.Sum()).ToArray())];
        _residualWork = block.HasResidualConvolution ? [.. clips.Select(clip => UnitCycles.ResidualWork(block, clip))] : [];
    }

    /// <summary>The temporal engines.</summary>
    public IEnumerable<UnitOption> Temporal()
    {
        var cycles = new Dictionary<int, long[][][]>(); // by columns: of one pass, [clip][class][joint]
        var engineCounts = Enumerable.Range(1, _block.Joints).DistinctBy(count => BlockDesign.Divide(_block.Joints, count)).ToArray();
        foreach (var groups in Enumerable.Range(1, _block.PaddedChannels).Where(count => _block.PaddedChannels % count == 0))
        {
            var plan = _block.With(_block.Parameters with { TemporalGroups = groups, TemporalColumns = 1, TemporalFinish = 1 }).Temporal;
            foreach (var columns in Columns(plan))
            {
                if (!cycles.TryGetValue(columns, out var pass))
                {
                    cycles[columns] = pass = [.. _rows.Select(clip => clip.Select(
                        rows => rows.Select(work => UnitCycles.Passes(work, columns + 1)).ToArray()).ToArray())];
                }
                FrameClass[] classes = [.. Enumerable.Range(0, plan.Classes.Count).Select(number => plan.Class(number, columns))];
                foreach (var engines in engineCounts)
                {
                    var parameters = _block.Parameters with { TemporalGroups = groups, TemporalColumns = columns, TemporalEngines = engines };
                    var joints = _shares is not null && engines > 1 ? Balanced(plan, classes, columns, pass, engines) : null;
                    yield return new UnitOption(
                        columns, groups, _block.TemporalMultipliersOf(parameters), Slowest(plan, classes, columns, pass, engines, joints), engines, joints);
                }
            }
        }
    }

    /// <summary>The residual convolution with words of at least so many channels.</summary>
    public UnitOption[] Residual(int channels) => PointwiseOptions.Of(_block, channels, _residualWork);

    private long[][][] Rows(ClipActivity clip)
    {
        var (plan, outputs) = (_block.Temporal, _block.Integers.OutputChannels);
        long[][][] rows = [.. plan.Classes.Select(_ => Enumerable.Range(0, _block.Joints).Select(_ => new long[outputs + 1]).ToArray())];
        var z = clip.Middle[_block.Number - 1].Rows;
        for (var row = 0; row < z.Length; row++)
        {
            rows[plan.ClassOf(row / _block.Joints % _block.Frames)][row % _block.Joints][z[row]]++;
        }
        return rows;
    }

    // Only column counts that save a pass are worth their lanes.
    private static IEnumerable<int> Columns(TemporalPlan plan)
    {
        int[] pairs = [.. Enumerable.Range(0, plan.Stride).Select(plan.PairCount)];
        var previous = Array.Empty<int>();
        for (var columns = 1; columns <= pairs.Max(); columns++)
        {
            int[] passes = [.. pairs.Select(count => BlockDesign.Divide(count, columns))];
            if (!passes.AsSpan().SequenceEqual(previous))
            {
                previous = passes;
                yield return columns;
            }
        }
    }

    // By cycles and operations of the ring's port.
    private JointEngines Balanced(TemporalPlan plan, FrameClass[] classes, int columns, long[][][] pass, int engines) => _shares!.Engines(
        [
            .. pass.Select(clip => Enumerable.Range(0, _block.Joints).Select(joint =>
            {
                var (cycles, port) = Of(plan, classes, columns, clip, joint);
                return Math.Max(cycles, port);
            }).ToArray()),
        ],
        engines);

    private long Slowest(TemporalPlan plan, FrameClass[] classes, int columns, long[][][] pass, int engines, JointEngines? joints)
    {
        var slowest = new long[pass.Length];
        for (var n = 0; n < pass.Length; n++)
        {
            var clip = pass[n];
            var total = new (long Cycles, long Port)[engines];
            for (var joint = 0; joint < _block.Joints; joint++)
            {
                var (cycles, port) = Of(plan, classes, columns, clip, joint);
                ref var sum = ref total[joints?[joint] ?? joint % engines];
                sum = (sum.Cycles + cycles, sum.Port + port);
            }
            slowest[n] = total.Max(sum => Math.Max(sum.Cycles, sum.Port));
        }
        return _shares?.Cycles(slowest) ?? slowest.Max();
    }

    private (long Cycles, long Port) Of(TemporalPlan plan, FrameClass[] classes, int columns, long[][] pass, int joint)
    {
        var (cycles, port) = (0L, 0L);
        for (var number = 0; number < classes.Length; number++)
        {
            var (phase, _, passes) = classes[number];
            cycles += passes * pass[number][joint];
            port += UnitCycles.TemporalPort(plan, phase, passes * columns) * _rowCounts[number][joint];
        }
        return (cycles, port);
    }
}
