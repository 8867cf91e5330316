using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Every sensible lane count of every engine of a block with its cycles per clip.</summary>
internal sealed class BlockChoices
{
    private static readonly int[] Widths = [1, 2, 4, 8, 16];

    private readonly BlockDesign _block;
    private readonly UnitOption[][] _graph; // by joint lanes - 1
    private readonly Dictionary<int, UnitOption[][]> _array; // by finish width, joint lanes - 1
    private readonly Dictionary<int, UnitOption[]> _down; // by finish width
    private readonly Dictionary<int, UnitOption[]> _temporal; // by finish width
    private readonly Dictionary<int, UnitOption[]> _residual; // by finish width

    private BlockChoices(BlockDesign block, IReadOnlyList<ClipActivity> clips)
    {
        _block = block;
        var spatial = new SpatialOptions(block, clips);
        int[] jointLanes = [.. Enumerable.Range(1, block.Joints)];
        _graph = [.. jointLanes.Select(spatial.Graph)];
        _array = Widths.ToDictionary(width => width, width => jointLanes.Select(lanes => spatial.Array(lanes, width)).ToArray());
        _down = block.HasDown ? Widths.ToDictionary(width => width, spatial.Down) : [];
        var temporal = new TemporalOptions(block, clips);
        UnitOption[] engines = [.. temporal.Temporal()];
        _temporal = Widths.ToDictionary(width => width, width => UnitOption.Pareto(engines.Where(option => option.Lanes % width == 0)));
        _residual = block.HasResidualConvolution ? Widths.ToDictionary(width => width, temporal.Residual) : [];
    }

    /// <summary>Cycles of the slowest unit with the fewest lanes: an interval that any choice meets.</summary>
    public long SlowestCycles => new[]
    {
        _graph.Max(Slowest), _array[1].Max(Slowest), _block.HasDown ? Slowest(_down[1]) : 0, Slowest(_temporal[1]),
        _block.HasResidualConvolution ? Slowest(_residual[1]) : 0,
        UnitCycles.SpatialFinish(With(_block.Parameters with { SpatialFinish = 1 })),
        UnitCycles.TemporalFinish(With(_block.Parameters with { TemporalFinish = 1 })),
    }.Max();

    public static BlockChoices Measure(BlockDesign block, IReadOnlyList<ClipActivity> clips) => new(block, clips);

    /// <summary>The cheapest parameters whose units all take at most the interval; null if there are none.</summary>
    public BlockParameters? Choose(long interval)
    {
        var width = Width(width => UnitCycles.SpatialFinish(With(_block.Parameters with { SpatialFinish = width })), interval);
        var finish = Width(width => UnitCycles.TemporalFinish(With(_block.Parameters with { TemporalFinish = width })), interval);
        if (width == 0 || finish == 0 || UnitOption.Cheapest(_temporal[finish], interval) is not { } temporal)
        {
            return null;
        }
        UnitOption? down = null;
        if (_block.HasDown && (down = UnitOption.Cheapest(_down[width], interval)) is null)
        {
            return null;
        }
        UnitOption? residual = null;
        if (_block.HasResidualConvolution && (residual = UnitOption.Cheapest(_residual[finish], interval)) is null)
        {
            return null;
        }
        return Front(width, interval) is not { } front ? null : _block.Parameters with
        {
            JointLanes = front.Array.Columns,
            GraphLanes = front.Graph.Lanes,
            GraphWords = front.Graph.Columns,
            ArrayChannels = front.Array.Lanes,
            SpatialFinish = width,
            DownChannels = down?.Lanes ?? 1,
            DownColumns = down?.Columns ?? 1,
            TemporalGroups = temporal.Lanes,
            TemporalColumns = temporal.Columns,
            TemporalEngines = temporal.Engines,
            ResidualChannels = residual?.Lanes ?? 1,
            ResidualColumns = residual?.Columns ?? 1,
            TemporalFinish = finish,
        };
    }

    /// <summary>Graph engine and array, which share their joint lanes.</summary>
    private (UnitOption Graph, UnitOption Array)? Front(int width, long interval)
    {
        (UnitOption Graph, UnitOption Array)? best = null;
        var cost = int.MaxValue;
        for (var lanes = 0; lanes < _graph.Length; lanes++)
        {
            if (UnitOption.Cheapest(_graph[lanes], interval) is { } graph
                && UnitOption.Cheapest(_array[width][lanes], interval) is { } array
                && graph.Multipliers + array.Multipliers < cost)
            {
                (best, cost) = ((graph, array), graph.Multipliers + array.Multipliers);
            }
        }
        return best;
    }

    private static long Slowest(UnitOption[] options) => options.Max(option => option.Cycles);

    private static int Width(Func<int, long> cycles, long interval) => Widths.FirstOrDefault(width => cycles(width) <= interval);

    private BlockDesign With(BlockParameters parameters) => _block.With(parameters);
}
