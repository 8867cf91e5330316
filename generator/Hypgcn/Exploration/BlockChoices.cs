using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Every sensible lane count of every engine of a block with its cycles per clip.</summary>
internal sealed class BlockChoices
{
    private readonly record struct Option(int A, int B, int Multipliers, long Cycles);

    private sealed record TemporalOption(int Groups, int Columns, int Engines, int ResidualColumns, int Multipliers, long Cycles);

    private static readonly int[] Widths = [1, 2, 4, 8, 16];

    private readonly BlockDesign _block;
    private readonly Dictionary<int, Option[]> _graph = []; // by joint lanes
    private readonly Dictionary<int, Option[]> _array = []; // by joint lanes
    private readonly Dictionary<int, Option[]> _down = []; // by array channels
    private readonly TemporalOption[] _temporal;

    private BlockChoices(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        _block = block;
        var p = block.Parameters;
        var padded = block.OutBanks * 16;
        var divisors = Enumerable.Range(1, padded).Where(d => padded % d == 0).ToArray();
        for (var lanes = 1; lanes <= block.Joints; lanes++)
        {
            var words = block.Model.Subsets * BlockDesign.Divide(block.Joints, lanes);
            _graph[lanes] = [.. Enumerable.Range(1, words).Select(count => Of(
                p with { JointLanes = lanes, GraphWords = count }, count, 0, design => design.GraphMultipliers, design => clips.Max(clip => UnitCycles.Graph(design, clip))))];
            _array[lanes] = [.. divisors.Select(count => Of(
                p with { JointLanes = lanes, ArrayChannels = count }, count, 0, design => design.ArrayMultipliers, UnitCycles.Array))];
        }
        foreach (var channels in block.HasDown ? divisors : [])
        {
            var groups = padded / channels;
            _down[channels] = [.. Enumerable.Range(1, groups).Where(count => groups % count == 0).Select(count => Of(
                p with { ArrayChannels = channels, DownColumns = count },
                count, 0, design => design.DownMultipliers, design => clips.Max(clip => UnitCycles.Down(design, clip))))];
        }
        _temporal = [.. Temporal(divisors, clips)];
    }

    /// <summary>Cycles of the slowest engine with the fewest lanes: an interval that any choice meets.</summary>
    public long SlowestCycles => Math.Max(
        Math.Max(_graph.Values.Max(options => options.Max(option => option.Cycles)), _array.Values.Max(options => options.Max(option => option.Cycles))),
        Math.Max(_temporal.Max(option => option.Cycles), _down.Count == 0 ? 0 : _down.Values.Max(options => options.Max(option => option.Cycles))));

    public static BlockChoices Measure(BlockDesign block, IReadOnlyList<ClipActivity> clips) => new(block, clips);

    /// <summary>The cheapest parameters whose engines all take at most the interval; null if there are none.</summary>
    public BlockParameters? Choose(long interval)
    {
        var temporal = _temporal.Where(option => option.Cycles <= interval).MinBy(option => (option.Multipliers, option.Engines, option.Groups));
        if (temporal is null)
        {
            return null;
        }
        BlockParameters? best = null;
        var cost = int.MaxValue;
        foreach (var lanes in _graph.Keys)
        {
            if (Cheapest(_graph[lanes], interval) is not { } graph || Cheapest(_array[lanes], interval) is not { } array)
            {
                continue;
            }
            Option down = default;
            if (_block.HasDown)
            {
                if (Cheapest(_down[array.A], interval) is not { } found)
                {
                    continue;
                }
                down = found;
            }
            var sum = graph.Multipliers + array.Multipliers + down.Multipliers;
            if (sum < cost)
            {
                cost = sum;
                best = _block.Parameters with
                {
                    JointLanes = lanes,
                    GraphWords = graph.A,
                    ArrayChannels = array.A,
                    DownColumns = _block.HasDown ? down.A : 1,
                    TemporalGroups = temporal.Groups,
                    TemporalColumns = temporal.Columns,
                    TemporalEngines = temporal.Engines,
                    ResidualColumns = temporal.ResidualColumns,
                };
            }
        }
        return best is null ? null : WithFinish(best, interval);
    }

    private BlockParameters? WithFinish(BlockParameters p, long interval)
    {
        var spatial = Width(p.ArrayChannels, width => UnitCycles.SpatialFinish(With(p with { SpatialFinish = width })), interval);
        var temporal = Width(p.TemporalGroups, width => UnitCycles.TemporalFinish(With(p with { TemporalFinish = width })), interval);
        return spatial == 0 || temporal == 0 ? null : p with { SpatialFinish = spatial, TemporalFinish = temporal };
    }

    private static int Width(int lanes, Func<int, long> cycles, long interval) =>
        Widths.FirstOrDefault(width => lanes % width == 0 && cycles(width) <= interval);

    private IEnumerable<TemporalOption> Temporal(int[] divisors, IReadOnlyList<ClipActivity> clips)
    {
        var load = new TemporalLoad(_block, clips);
        var engineCounts = Enumerable.Range(1, _block.Joints).DistinctBy(count => BlockDesign.Divide(_block.Joints, count)).ToArray();
        foreach (var groups in divisors)
        {
            var finish = Widths.Where(width => groups % width == 0).Max();
            var design = With(_block.Parameters with { TemporalGroups = groups, TemporalColumns = 1, TemporalFinish = finish, ResidualColumns = 1 });
            var (plan, finishCycles) = (design.Temporal, UnitCycles.TemporalFinish(design));
            var pairs = Enumerable.Range(0, plan.Stride).Select(plan.Pairs).ToArray();
            var residuals = Residuals(design, load);
            var previous = Array.Empty<int>();
            for (var columns = 1; columns <= pairs.Max(); columns++)
            {
                // Only column counts that save a pass are worth their lanes.
                int[] passes = [.. pairs.Select(count => BlockDesign.Divide(count, columns))];
                if (passes.AsSpan().SequenceEqual(previous))
                {
                    continue;
                }
                previous = passes;
                foreach (var engines in engineCounts)
                {
                    var cycles = Math.Max(load.Temporal(plan, columns, engines), finishCycles);
                    var multipliers = engines * Multipliers(columns * groups);
                    foreach (var residual in residuals)
                    {
                        yield return new TemporalOption(
                            groups, columns, engines, residual.A, multipliers + residual.Multipliers, Math.Max(cycles, residual.Cycles));
                    }
                }
            }
        }
    }

    private Option[] Residuals(BlockDesign design, TemporalLoad load)
    {
        if (!design.HasResidualConvolution)
        {
            return [new Option(1, 0, 0, 0)];
        }
        var (channels, groups) = (design.Temporal.GroupChannels, design.Temporal.Groups);
        return [.. Enumerable.Range(1, channels).Where(columns => channels % columns == 0).Select(columns =>
            new Option(columns, 0, Multipliers(columns * groups), load.Residual(columns, channels / columns)))];
    }

    private int Multipliers(int products) => _block.IsPacked ? BlockDesign.Divide(products, 2) : products;

    private Option Of(BlockParameters parameters, int a, int b, Func<BlockDesign, int> multipliers, Func<BlockDesign, long> cycles)
    {
        var design = With(parameters);
        return new Option(a, b, multipliers(design), cycles(design));
    }

    private BlockDesign With(BlockParameters parameters) => _block.With(parameters);

    private static Option? Cheapest(Option[] options, long interval)
    {
        Option? best = null;
        foreach (var option in options)
        {
            if (option.Cycles <= interval
                && (best is null || (option.Multipliers, option.A).CompareTo((best.Value.Multipliers, best.Value.A)) < 0))
            {
                best = option;
            }
        }
        return best;
    }
}
