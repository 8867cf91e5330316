using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Graph engine, array, shortcut convolution and finish of a block. Graph engine and array share joint and graph lanes; finish, array and
/// shortcut convolution share the widths of their words, and all, with the FIFO to the shortcut, the limit of words below which a memory is made of
/// LUTs. For these shared numbers all values are tried.
/// </summary>
internal sealed class SpatialPart : IDesignPart
{
    // What is asked of an array again and again; side by side, and with the FIFO to the shortcut.
    private readonly record struct ArrayForm(long Cycles, int Channels, Resources Cost, UnitCandidate Candidate);

    private static readonly int[] Widths = [1, 2, 4, 8, 16];
    private static readonly bool[] Fabric = [false, true];

    private readonly BlockDesign _block;
    // Each by limit of words.
    private readonly Dictionary<(int Joints, int Graph), UnitFront[]> _graph = [];
    private readonly Dictionary<(int Joints, int Graph), UnitFront[]> _array = [];
    private readonly Dictionary<int, UnitFront[]> _down = []; // by channels of a word
    private readonly Resources[] _fifo;
    private readonly (UnitFront Graph, ArrayForm[] Arrays)[][] _shapes; // by limit of words

    private readonly Dictionary<(int Array, int Down), UnitFront> _finish = [];

    /// <param name="block">A block.</param>
    /// <param name="costs">What its units take.</param>
    /// <param name="clips">What the engines have to do.</param>
    /// <param name="shares">How clips count.</param>
    /// <param name="counter">What another stage costs outside of the block.</param>
    public SpatialPart(BlockDesign block, UnitCosts costs, IReadOnlyList<ClipActivity> clips, ClipShares shares, Lazy<Resources> counter)
    {
        _block = block.With(block.Parameters with { SpatialLutWords = MemoryLimits.Most });
        _fifo = costs.Mapped(block, "spatial_fifo");
        Measure(costs, clips, shares, counter);
        _shapes = [.. MemoryLimits.Words.Select((_, limit) => _array.Select(entry => (
            _graph[entry.Key][limit],
            entry.Value[limit].Select(array => new ArrayForm(array.Cycles, array.Parameters.ArrayChannels, array.Cost + _fifo[limit], array)).ToArray())).ToArray())];
    }

    /// <inheritdoc/>
    public long FastestCycles => new[]
    {
        _graph.Values.Min(fronts => fronts[0][0].Cycles), _array.Values.Min(fronts => fronts[0][0].Cycles),
        _down.Values.Min(fronts => (long?)fronts[0][0].Cycles) ?? 0, _finish.Values.Min(front => front[0].Cycles),
    }.Max();

    /// <inheritdoc/>
    public long SlowestCycles => _graph.Values.Concat(_array.Values).Concat(_down.Values).SelectMany(fronts => fronts).Concat(_finish.Values).Max(front => front[^1].Cycles);

    /// <inheritdoc/>
    public PartChoice[] At(long interval)
    {
        var front = new CostFront<(UnitCandidate Graph, UnitCandidate Array, UnitCandidate Finish, UnitCandidate? Down, int LutWords)>();
        for (var limit = 0; limit < MemoryLimits.Words.Length; limit++)
        {
            var sides = Sides(interval, limit);
            foreach (var (graphFront, arrays) in _shapes[limit])
            {
                var graphs = graphFront.Within(interval);
                for (var n = 0; graphs.Candidates.Length > 0 && n < arrays.Length && arrays[n].Cycles <= interval; n++)
                {
                    // Most arrays are beaten whatever stands beside them.
                    ref readonly var array = ref arrays[n];
                    var (items, least) = sides[array.Channels];
                    if (items.Count == 0 || front.Beats(array.Cost + least + graphs.Least))
                    {
                        continue;
                    }
                    foreach (var (sideCost, (finish, down)) in items)
                    {
                        var cost = array.Cost + sideCost;
                        if (front.Beats(cost + graphs.Least))
                        {
                            continue;
                        }
                        foreach (var graph in graphs.Candidates)
                        {
                            front.Add(cost + graph.Cost, (graph, array.Candidate, finish, down, MemoryLimits.Words[limit]));
                        }
                    }
                }
            }
        }
        return [.. front.Items.Select(item => Choice(item.Cost, item.Item.Graph, item.Item.Array, item.Item.Finish, item.Item.Down, item.Item.LutWords))];
    }

    /// <inheritdoc/>
    public IEnumerable<TunedUnit> Units(HardwareParameters parameters, double[] weights)
    {
        var own = parameters.Blocks[_block.Number - 1];
        var (shared, limit) = ((own.JointLanes, own.GraphLanes), MemoryLimits.IndexOf(own.SpatialLutWords));
        var down = _block.HasDown ? own.DownChannels : 16;
        TunedUnit?[] units =
        [
            TunedUnit.Of($"{_block.Name}.graph", _graph[shared][limit],
                c => (c.Parameters.GraphWords, c.Parameters.GraphFabric) == (own.GraphWords, own.GraphFabric),
                c => $"{c.Parameters.GraphWords} x {c.Parameters.GraphLanes}{(c.Parameters.GraphFabric ? " LUT" : "")}", weights),
            TunedUnit.Of($"{_block.Name}.array", _array[shared][limit].Where(c => c.Parameters.ArrayChannels >= own.SpatialFinish),
                c => c.Parameters.ArrayChannels == own.ArrayChannels, c => $"{c.Parameters.JointLanes} x {c.Parameters.ArrayChannels}", weights),
            _block.HasDown
                ? TunedUnit.Of($"{_block.Name}.down", _down[down][limit],
                    c => (c.Parameters.DownColumns, c.Parameters.DownEngines) == (own.DownColumns, own.DownEngines),
                    c => PointwiseOptions.Name(c.Parameters.DownEngines, c.Parameters.DownColumns, c.Parameters.DownChannels), weights)
                : null,
            TunedUnit.Of($"{_block.Name}.spatial_finish", _finish[(own.ArrayChannels, down)],
                c => c.Parameters.SpatialFinish == own.SpatialFinish, c => $"{c.Parameters.SpatialFinish}", weights),
        ];
        return units.OfType<TunedUnit>();
    }

    // By channels of the array: finish and shortcut convolution behind it.
    private (IReadOnlyList<(Resources Cost, (UnitCandidate Finish, UnitCandidate? Down) Item)> Items, Resources Least)[] Sides(long interval, int limit)
    {
        var sides = new CostFront<(UnitCandidate Finish, UnitCandidate? Down)>?[_block.PaddedChannels + 1];
        foreach (var ((array, down), finishes) in _finish)
        {
            foreach (var finish in finishes.Within(interval).Candidates)
            {
                var side = sides[array] ??= new CostFront<(UnitCandidate, UnitCandidate?)>();
                if (!_block.HasDown)
                {
                    side.Add(finish.Cost, (finish, null));
                    continue;
                }
                foreach (var candidate in _down[down][limit].Within(interval).Candidates)
                {
                    side.Add(finish.Cost + candidate.Cost, (finish, candidate));
                }
            }
        }
        return Array.ConvertAll(sides, side => side is null ? ([], default) : (side.Items, Costs.Least(side.Items.Select(item => item.Cost))));
    }

    private PartChoice Choice(Resources cost, UnitCandidate graph, UnitCandidate array, UnitCandidate finish, UnitCandidate? down, int lutWords)
    {
        var cycles = Math.Max(Math.Max(graph.Cycles, array.Cycles), Math.Max(finish.Cycles, down?.Cycles ?? 0));
        return new PartChoice(cycles, cost, parameters => PartChoice.Change(parameters, _block.Number - 1, own => own with
        {
            JointLanes = graph.Parameters.JointLanes,
            GraphLanes = graph.Parameters.GraphLanes,
            GraphWords = graph.Parameters.GraphWords,
            GraphFabric = graph.Parameters.GraphFabric,
            ArrayChannels = array.Parameters.ArrayChannels,
            SpatialFinish = finish.Parameters.SpatialFinish,
            DownChannels = down?.Parameters.DownChannels ?? 1,
            DownColumns = down?.Parameters.DownColumns ?? 1,
            DownEngines = down?.Parameters.DownEngines ?? 1,
            SpatialLutWords = lutWords,
        }));
    }

    private void Measure(UnitCosts costs, IReadOnlyList<ClipActivity> clips, ClipShares shares, Lazy<Resources> counter)
    {
        UnitCandidate[] Candidates(BlockParameters parameters, string unit, Func<BlockDesign, long> cycles, Resources more = default)
        {
            var block = _block.With(parameters);
            return UnitCandidate.Mapped(cycles(block), costs.Mapped(block, unit), more, parameters);
        }
        long[][] graphWork = [.. shares.Groups(clips).Select(group => Work.Sum(group.Select(clip => UnitCycles.GraphWork(_block, clip))))];
        int[] channels = [.. UnitOption.Sizes(_block.PaddedChannels)];
        foreach (var lanes in GraphShapes())
        {
            _graph[(lanes.JointLanes, lanes.GraphLanes)] = UnitFront.Of(
                from words in UnitOption.Sizes(_block.With(lanes).GraphTotalWords)
                let cycles = shares.Cycles(graphWork.Select(work => _block.With(lanes with { GraphWords = words }).GraphPasses * UnitCycles.Passes(work, words)))
                from isFabric in Fabric
                select Candidates(lanes with { GraphWords = words, GraphFabric = isFabric }, "graph", _ => cycles));
            _array[(lanes.JointLanes, lanes.GraphLanes)] = UnitFront.Of(channels.Select(
                count => Candidates(lanes with { ArrayChannels = count }, "array", block => shares.Same(UnitCycles.Array(block)))));
        }
        if (_block.HasDown)
        {
            long[][][][] work = [.. PointwiseOptions.Engines(_block).Select(engines => shares.Groups(clips).Select(group => UnitCycles.DownWork(_block, group, engines)).ToArray())];
            foreach (var count in channels)
            {
                _down[count] = UnitFront.Of(PointwiseOptions.Shapes(_block, count).Select(shape => Candidates(
                    _block.Parameters with { DownChannels = count, DownColumns = shape.Columns, DownEngines = shape.Engines },
                    "down",
                    block => shares.Cycles(work[shape.Engines - 1].Select(rows => UnitCycles.Pointwise(block.Down, rows))),
                    (shape.Engines - 1) * counter.Value)));
            }
        }
        foreach (var array in channels)
        {
            foreach (var down in _block.HasDown ? channels : [16])
            {
                _finish[(array, down)] = new UnitFront(Widths.Where(width => width <= array && width <= down).Select(width =>
                {
                    var block = _block.With(_block.Parameters with { ArrayChannels = array, DownChannels = _block.HasDown ? down : 1, SpatialFinish = width });
                    return new UnitCandidate(
                        shares.Same(UnitCycles.SpatialFinish(block)), costs.Of(block, "spatial_finish"), block.Parameters);
                }));
            }
        }
    }

    // Joint lanes with graph lanes: of those that give the same words, the least.
    private IEnumerable<BlockParameters> GraphShapes()
    {
        for (var joints = 1; joints <= _block.Joints; joints++)
        {
            var seen = new HashSet<(int, int)>();
            for (var lanes = 1; lanes <= joints; lanes++)
            {
                var parameters = _block.Parameters with { JointLanes = joints, GraphLanes = lanes };
                var block = _block.With(parameters);
                if (seen.Add((block.GraphTotalWords, block.GraphWordParts)))
                {
                    yield return parameters;
                }
            }
        }
    }
}
