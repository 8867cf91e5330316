using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>Temporal engines, residual convolution and finish of a block, which share the widths of their words.</summary>
internal sealed class TemporalPart : IDesignPart
{
    private static readonly int[] Widths = [1, 2, 4, 8, 16];

    private readonly BlockDesign _block;
    private readonly Dictionary<int, UnitFront> _engines = []; // by groups
    private readonly Dictionary<int, UnitFront> _residual = []; // by channels of a word
    private readonly Dictionary<(int Groups, int Residual), UnitFront> _finish = [];

    /// <param name="design">The design.</param>
    /// <param name="block">A block of it.</param>
    /// <param name="clips">What the engines have to do.</param>
    /// <param name="shares">How clips count.</param>
    /// <param name="counter">What another stage costs outside of the block.</param>
    public TemporalPart(AcceleratorDesign design, BlockDesign block, IReadOnlyList<ClipActivity> clips, ClipShares shares, Resources counter)
    {
        _block = block;
        Measure(design, clips, shares, counter);
    }

    /// <inheritdoc/>
    public long FastestCycles => new[]
    {
        _engines.Values.Min(front => front[0].Cycles),
        _residual.Values.Min(front => (long?)front[0].Cycles) ?? 0, _finish.Values.Min(front => front[0].Cycles),
    }.Max();

    /// <inheritdoc/>
    public long SlowestCycles => _engines.Values.Concat(_residual.Values).Concat(_finish.Values).Max(front => front[^1].Cycles);

    /// <inheritdoc/>
    public PartChoice[] At(long interval) => Choices(Front(interval));

    /// <inheritdoc/>
    // Rows of a single engine leave in bursts, for which a finish that is fast enough in the mean may be too slow.
    public PartChoice[] Forms(long interval)
    {
        var front = Front(interval);
        return
        [
            .. Choices(front),
            .. from entry in front
               let own = entry.Item.Finish
               from finish in _finish[(own.Parameters.TemporalGroups, _block.HasResidualConvolution ? own.Parameters.ResidualChannels : 16)]
               where finish.Cycles < own.Cycles
               select Choice(entry.Cost + finish.Cost + (-1 * own.Cost), entry.Item.Engines, finish, entry.Item.Residual),
        ];
    }

    private PartChoice[] Choices(IReadOnlyList<(Resources Cost, (UnitCandidate Engines, UnitCandidate Finish, UnitCandidate? Residual) Item)> front) =>
        [.. front.Select(entry => Choice(entry.Cost, entry.Item.Engines, entry.Item.Finish, entry.Item.Residual))];

    private IReadOnlyList<(Resources Cost, (UnitCandidate Engines, UnitCandidate Finish, UnitCandidate? Residual) Item)> Front(long interval)
    {
        var front = new CostFront<(UnitCandidate Engines, UnitCandidate Finish, UnitCandidate? Residual)>();
        foreach (var (groups, table) in _engines)
        {
            var engines = table.Within(interval).Candidates;
            foreach (var (cost, (finish, residual)) in engines.Length == 0 ? [] : Sides(groups, interval))
            {
                foreach (var candidate in engines)
                {
                    front.Add(cost + candidate.Cost, (candidate, finish, residual));
                }
            }
        }
        return front.Items;
    }

    /// <inheritdoc/>
    public IEnumerable<TunedUnit> Units(HardwareParameters parameters, double[] weights)
    {
        var own = parameters.Blocks[_block.Number - 1];
        var residual = _block.HasResidualConvolution ? own.ResidualChannels : 16;
        TunedUnit?[] units =
        [
            TunedUnit.Of($"{_block.Name}.temporal",
                _engines.Where(entry => entry.Key % own.TemporalFinish == 0).SelectMany(entry => entry.Value), IsOwn,
                c => $"{c.Parameters.TemporalEngines} x {c.Parameters.TemporalColumns} x {c.Parameters.TemporalGroups}", weights),
            _block.HasResidualConvolution
                ? TunedUnit.Of($"{_block.Name}.residual", _residual[residual],
                    c => (c.Parameters.ResidualColumns, c.Parameters.ResidualEngines) == (own.ResidualColumns, own.ResidualEngines),
                    c => PointwiseOptions.Name(c.Parameters.ResidualEngines, c.Parameters.ResidualColumns, c.Parameters.ResidualChannels), weights)
                : null,
            TunedUnit.Of($"{_block.Name}.temporal_finish", _finish[(own.TemporalGroups, residual)],
                c => c.Parameters.TemporalFinish == own.TemporalFinish, c => $"{c.Parameters.TemporalFinish}", weights),
        ];
        return units.OfType<TunedUnit>();

        bool IsOwn(UnitCandidate candidate) =>
            (candidate.Parameters.TemporalGroups, candidate.Parameters.TemporalColumns, candidate.Parameters.TemporalEngines)
                == (own.TemporalGroups, own.TemporalColumns, own.TemporalEngines);
    }

    private IReadOnlyList<(Resources Cost, (UnitCandidate Finish, UnitCandidate? Residual) Item)> Sides(int groups, long interval)
    {
        var side = new CostFront<(UnitCandidate Finish, UnitCandidate? Residual)>();
        foreach (var ((_, channels), finishes) in _finish.Where(entry => entry.Key.Groups == groups))
        {
            foreach (var finish in finishes.Within(interval).Candidates)
            {
                if (!_block.HasResidualConvolution)
                {
                    side.Add(finish.Cost, (finish, null));
                    continue;
                }
                foreach (var residual in _residual[channels].Within(interval).Candidates)
                {
                    side.Add(finish.Cost + residual.Cost, (finish, residual));
                }
            }
        }
        return side.Items;
    }

    private PartChoice Choice(Resources cost, UnitCandidate engines, UnitCandidate finish, UnitCandidate? residual) => new(
        Math.Max(engines.Cycles, Math.Max(finish.Cycles, residual?.Cycles ?? 0)),
        cost,
        parameters => PartChoice.Change(parameters, _block.Number - 1, own => own with
        {
            TemporalGroups = engines.Parameters.TemporalGroups,
            TemporalColumns = engines.Parameters.TemporalColumns,
            TemporalEngines = engines.Parameters.TemporalEngines,
            TemporalJointEngines = engines.Parameters.TemporalJointEngines,
            TemporalFinish = finish.Parameters.TemporalFinish,
            ResidualChannels = residual?.Parameters.ResidualChannels ?? 1,
            ResidualColumns = residual?.Parameters.ResidualColumns ?? 1,
            ResidualEngines = residual?.Parameters.ResidualEngines ?? 1,
        }));

    private void Measure(AcceleratorDesign design, IReadOnlyList<ClipActivity> clips, ClipShares shares, Resources counter)
    {
        var options = new TemporalOptions(_block, clips, shares);
        foreach (var group in options.Temporal().GroupBy(option => option.Lanes))
        {
            BlockDesign? last = null; // options of one shape follow each other: their schedule is planned once
            var candidates = new List<UnitCandidate>();
            foreach (var option in group)
            {
                var parameters = _block.Parameters with
                {
                    TemporalGroups = option.Lanes, TemporalColumns = option.Columns, TemporalEngines = option.Engines, TemporalJointEngines = option.Joints,
                };
                last = (last ?? _block).With(parameters);
                candidates.Add(new UnitCandidate(
                    option.Cycles,
                    DesignResources.Of(design, last, "temporal") + ((option.Engines - 1) * counter),
                    parameters));
            }
            _engines[group.Key] = new UnitFront(candidates);
        }
        int[] channels = [.. UnitOption.Sizes(_block.PaddedChannels)];
        if (_block.HasResidualConvolution)
        {
            long[][][][] work = [.. PointwiseOptions.Engines(_block).Select(engines => shares.Groups(clips).Select(group => UnitCycles.ResidualWork(_block, group, engines)).ToArray())];
            foreach (var count in channels)
            {
                _residual[count] = new UnitFront(PointwiseOptions.Shapes(_block, count).Select(shape =>
                {
                    var block = _block.With(_block.Parameters with { ResidualChannels = count, ResidualColumns = shape.Columns, ResidualEngines = shape.Engines });
                    return new UnitCandidate(
                        shares.Cycles(work[shape.Engines - 1].Select(rows => UnitCycles.Pointwise(block.Residual, rows))),
                        DesignResources.Of(design, block, "residual") + ((shape.Engines - 1) * counter),
                        block.Parameters);
                }));
            }
        }
        foreach (var groups in _engines.Keys)
        {
            var grouped = _block.With(_block.Parameters with { TemporalGroups = groups });
            foreach (var residual in _block.HasResidualConvolution ? channels : [16])
            {
                _finish[(groups, residual)] = new UnitFront(Widths.Where(width => groups % width == 0 && width <= residual).Select(width =>
                {
                    var block = grouped.With(grouped.Parameters with
                    {
                        ResidualChannels = _block.HasResidualConvolution ? residual : 1, TemporalFinish = width,
                    });
                    return new UnitCandidate(
                        shares.Same(UnitCycles.TemporalFinish(block)), DesignResources.Of(design, block, "temporal_finish"), block.Parameters);
                }));
            }
        }
    }
}
