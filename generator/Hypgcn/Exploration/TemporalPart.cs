using Hypgcn.Cycles;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Temporal engines, residual convolution and finish of a block, which share the widths of their words, and with the FIFOs before them the limit of
/// words below which a memory is made of LUTs.
/// </summary>
internal sealed class TemporalPart : IDesignPart
{
    private static readonly int[] Widths = [1, 2, 4, 8, 16];

    private readonly BlockDesign _block;
    // Each by limit of words.
    private readonly Dictionary<int, UnitFront[]> _engines = []; // by groups
    private readonly Dictionary<int, UnitFront[]> _residual = []; // by channels of a word
    private readonly Resources[] _fifos;

    private readonly Dictionary<(int Groups, int Residual), UnitFront> _finish = [];

    /// <param name="block">A block.</param>
    /// <param name="costs">What its units take.</param>
    /// <param name="clips">What the engines have to do.</param>
    /// <param name="shares">How clips count.</param>
    /// <param name="counter">What another stage costs outside of the block.</param>
    public TemporalPart(BlockDesign block, UnitCosts costs, IReadOnlyList<ClipActivity> clips, ClipShares shares, Lazy<Resources> counter)
    {
        _block = block.With(block.Parameters with { TemporalLutWords = MemoryLimits.Most });
        _fifos = costs.Mapped(block, "middle_fifo");
        if (block.HasResidual)
        {
            _fifos = [.. _fifos.Zip(costs.Mapped(block, "residual_fifo"), (middle, residual) => middle + residual)];
        }
        Measure(costs, clips, shares, counter);
    }

    /// <inheritdoc/>
    public long FastestCycles => new[]
    {
        _engines.Values.Min(fronts => fronts[0][0].Cycles),
        _residual.Values.Min(fronts => (long?)fronts[0][0].Cycles) ?? 0, _finish.Values.Min(front => front[0].Cycles),
    }.Max();

    /// <inheritdoc/>
    public long SlowestCycles => _engines.Values.Concat(_residual.Values).SelectMany(fronts => fronts).Concat(_finish.Values).Max(front => front[^1].Cycles);

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
               select Choice(entry.Cost + finish.Cost + (-1 * own.Cost), entry.Item.Engines, finish, entry.Item.Residual, entry.Item.LutWords),
        ];
    }

    private PartChoice[] Choices(IReadOnlyList<(Resources Cost, (UnitCandidate Engines, UnitCandidate Finish, UnitCandidate? Residual, int LutWords) Item)> front) =>
        [.. front.Select(entry => Choice(entry.Cost, entry.Item.Engines, entry.Item.Finish, entry.Item.Residual, entry.Item.LutWords))];

    private IReadOnlyList<(Resources Cost, (UnitCandidate Engines, UnitCandidate Finish, UnitCandidate? Residual, int LutWords) Item)> Front(long interval)
    {
        var front = new CostFront<(UnitCandidate Engines, UnitCandidate Finish, UnitCandidate? Residual, int LutWords)>();
        for (var limit = 0; limit < MemoryLimits.Words.Length; limit++)
        {
            foreach (var (groups, tables) in _engines)
            {
                var engines = tables[limit].Within(interval).Candidates;
                foreach (var (sideCost, (finish, residual)) in engines.Length == 0 ? [] : Sides(groups, interval, limit))
                {
                    var cost = sideCost + _fifos[limit];
                    foreach (var candidate in engines)
                    {
                        front.Add(cost + candidate.Cost, (candidate, finish, residual, MemoryLimits.Words[limit]));
                    }
                }
            }
        }
        return front.Items;
    }

    /// <inheritdoc/>
    public IEnumerable<TunedUnit> Units(HardwareParameters parameters, double[] weights)
    {
        var own = parameters.Blocks[_block.Number - 1];
        var (residual, limit) = (_block.HasResidualConvolution ? own.ResidualChannels : 16, MemoryLimits.IndexOf(own.TemporalLutWords));
        TunedUnit?[] units =
        [
            TunedUnit.Of($"{_block.Name}.temporal",
                _engines.Where(entry => entry.Key % own.TemporalFinish == 0).SelectMany(entry => entry.Value[limit]), IsOwn,
                c => $"{c.Parameters.TemporalEngines} x {c.Parameters.TemporalColumns} x {c.Parameters.TemporalGroups}", weights),
            _block.HasResidualConvolution
                ? TunedUnit.Of($"{_block.Name}.residual", _residual[residual][limit],
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

    private IReadOnlyList<(Resources Cost, (UnitCandidate Finish, UnitCandidate? Residual) Item)> Sides(int groups, long interval, int limit)
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
                foreach (var residual in _residual[channels][limit].Within(interval).Candidates)
                {
                    side.Add(finish.Cost + residual.Cost, (finish, residual));
                }
            }
        }
        return side.Items;
    }

    private PartChoice Choice(Resources cost, UnitCandidate engines, UnitCandidate finish, UnitCandidate? residual, int lutWords) => new(
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
            TemporalLutWords = lutWords,
        }));

    private void Measure(UnitCosts costs, IReadOnlyList<ClipActivity> clips, ClipShares shares, Lazy<Resources> counter)
    {
        var options = new TemporalOptions(_block, clips, shares);
        foreach (var group in options.Temporal().GroupBy(option => option.Lanes))
        {
            BlockDesign? last = null; // options of one shape follow each other: their schedule is planned once
            var candidates = new List<UnitCandidate[]>();
            foreach (var option in group)
            {
                var parameters = _block.Parameters with
                {
                    TemporalGroups = option.Lanes, TemporalColumns = option.Columns, TemporalEngines = option.Engines, TemporalJointEngines = option.Joints,
                };
                last = (last ?? _block).With(parameters);
                candidates.Add(Candidates(costs, last, "temporal", option.Cycles, (option.Engines - 1) * counter.Value));
            }
            _engines[group.Key] = UnitFront.Of(candidates);
        }
        int[] channels = [.. UnitOption.Sizes(_block.PaddedChannels)];
        if (_block.HasResidualConvolution)
        {
            long[][][][] work = [.. PointwiseOptions.Engines(_block).Select(engines => shares.Groups(clips).Select(group => UnitCycles.ResidualWork(_block, group, engines)).ToArray())];
            foreach (var count in channels)
            {
                _residual[count] = UnitFront.Of(PointwiseOptions.Shapes(_block, count).Select(shape =>
                {
                    var block = _block.With(_block.Parameters with
                    {
                        ResidualChannels = count, ResidualColumns = shape.Columns, ResidualEngines = shape.Engines,
                    });
                    var cycles = shares.Cycles(work[shape.Engines - 1].Select(rows => UnitCycles.Pointwise(block.Residual, rows)));
                    return Candidates(costs, block, "residual", cycles, (shape.Engines - 1) * counter.Value);
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
                        shares.Same(UnitCycles.TemporalFinish(block)), costs.Of(block, "temporal_finish"), block.Parameters);
                }));
            }
        }
    }

    private static UnitCandidate[] Candidates(UnitCosts costs, BlockDesign block, string unit, long cycles, Resources more) =>
        UnitCandidate.Mapped(cycles, costs.Mapped(block, unit), more, block.Parameters);
}
