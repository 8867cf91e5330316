using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Exploration;
using Hypgcn.Hardware;

namespace Hypgcn.Tests.Exploration;

/// <summary>
/// Every legal combination of the parameters of a network of one block, each with what the whole design takes and the cycles of its slowest
/// unit. Nothing of the search is used.
/// </summary>
internal sealed class BruteForce
{
    private readonly Half[] _spatial;
    private readonly Half[] _rest;

    // What nothing is better than in every way: any limits that others keep, these keep.
    private readonly Half[] _bestSpatial;
    private readonly Half[] _bestRest;

    // Of all stages, and the multiplexer behind them, by how many stages more there are than with one engine of each kind.
    private readonly Resources[] _counters;

    public BruteForce(AcceleratorDesign least, ClipActivity clip)
    {
        var block = least.Blocks[0];
        var parameters = least.Parameters.Blocks[0];
        var down = block.HasDown ? block.Joints : 1;
        _counters = [.. Enumerable.Range(0, block.Joints + down - 1).Select(more => Counters(least.With(least.Parameters with
        {
            Blocks = [parameters with { TemporalEngines = Math.Min(block.Joints, 1 + more), DownEngines = Math.Max(1, 2 + more - block.Joints) }],
        })))];
        _spatial =
        [
            .. from own in Spatial(least, parameters)
               let changed = least.With(least.Parameters with { Blocks = [own] })
               let there = changed.Blocks[0]
               select new Half(Blocks(changed) + (-1 * Blocks(least)), own.DownEngines - 1, new[]
               {
                   UnitCycles.Graph(there, clip), UnitCycles.Array(there), there.HasDown ? UnitCycles.Down(there, clip) : 0, UnitCycles.SpatialFinish(there),
               }.Max()),
        ];
        _rest =
        [
            .. from own in Temporal(block, parameters)
               from pool in new[] { 1, 2, 4, 8 }
               from lanes in Enumerable.Range(1, least.Model.Classes)
               let changed = least.With(least.Parameters with { Blocks = [own], PoolWidth = pool, ClassifierLanes = lanes })
               let there = changed.Blocks[0]
               select new Half(DesignResources.Of(changed).Total + (-1 * Counters(changed)), own.TemporalEngines - 1, new[]
               {
                   UnitCycles.Temporal(there, clip), UnitCycles.TemporalFinish(there), least.ClipValues,
                   there.HasResidualConvolution ? UnitCycles.Residual(there, clip) : 0,
                   (long)least.PoolRows * there.PaddedChannels / pool,
                   (long)((least.Model.Classes + lanes - 1) / lanes) * Math.Max(there.Integers.OutputChannels, lanes),
               }.Max()),
        ];
        (_bestSpatial, _bestRest) = (Best(_spatial), Best(_rest));
        Assert.That(_counters[^1].Lut, Is.GreaterThan(_counters[0].Lut));
    }

    /// <summary>Combinations that are looked through.</summary>
    public long Count => (long)_spatial.Length * _rest.Length;

    /// <summary>Something that some design takes.</summary>
    public Resources Sample(int seed)
    {
        var random = new Random(seed);
        return Whole(_spatial[random.Next(_spatial.Length)], _rest[random.Next(_rest.Length)]);
    }

    /// <summary>The shortest interval within limits; null if nothing fits.</summary>
    public long? Fastest(TuneLimits limits)
    {
        long? best = null;
        foreach (var rest in _bestRest)
        {
            foreach (var spatial in _bestSpatial)
            {
                var (slowest, cost) = (Math.Max(rest.Cycles, spatial.Cycles), Whole(spatial, rest));
                if (slowest < (best ?? long.MaxValue)
                    && cost.Dsp <= (limits.Dsp ?? double.PositiveInfinity)
                    && cost.Bram18 <= (2 * limits.Bram36 ?? double.PositiveInfinity)
                    && cost.Lut <= (limits.Lut ?? double.PositiveInfinity))
                {
                    best = slowest;
                }
            }
        }
        return best;
    }

    // What the whole takes but for the counters; of the spatial half what it takes more than with one lane everywhere.
    private sealed record Half(Resources Cost, int Stages, long Cycles);

    private Resources Whole(Half spatial, Half rest) => spatial.Cost + rest.Cost + _counters[spatial.Stages + rest.Stages];

    private static Half[] Best(Half[] all)
    {
        var best = new List<Half>();
        foreach (var one in all.OrderBy(one => one.Cycles).ThenBy(one => one.Cost.Dsp).ThenBy(one => one.Cost.Bram18).ThenBy(one => one.Cost.Lut).ThenBy(one => one.Stages))
        {
            if (!best.Exists(other => other.Cost.Dsp <= one.Cost.Dsp && other.Cost.Bram18 <= one.Cost.Bram18 && other.Cost.Lut <= one.Cost.Lut && other.Stages <= one.Stages))
            {
                best.Add(one);
            }
        }
        return [.. best];
    }

    private static Resources Blocks(AcceleratorDesign design) =>
        DesignResources.Of(design, design.Blocks[0]).Aggregate(default(Resources), (sum, unit) => sum + unit.Resources);

    private static Resources Counters(AcceleratorDesign design)
    {
        var units = DesignResources.Of(design).ByUnit;
        return units["counter"] + units["select"];
    }

    private static IEnumerable<BlockParameters> Spatial(AcceleratorDesign least, BlockParameters own)
    {
        var block = least.Blocks[0];
        var padded = block.PaddedChannels;
        return from joints in Enumerable.Range(1, block.Joints)
               from lanes in Enumerable.Range(1, joints)
               from words in Enumerable.Range(1, block.With(own with { JointLanes = joints, GraphLanes = lanes }).GraphTotalWords)
               from isFabric in new[] { false, true }
               from channels in Enumerable.Range(1, padded)
               from finish in new[] { 1, 2, 4, 8, 16 }.Where(width => width <= channels)
               from down in block.HasDown ? Enumerable.Range(finish, padded + 1 - finish) : [1]
               from columns in block.HasDown ? Enumerable.Range(1, (padded + down - 1) / down) : [1]
               from engines in block.HasDown ? Enumerable.Range(1, block.Joints) : [1]
               from limit in MemoryLimits.Words
               select own with
               {
                   JointLanes = joints, GraphLanes = lanes, GraphWords = words, GraphFabric = isFabric, ArrayChannels = channels, SpatialFinish = finish,
                   DownChannels = down, DownColumns = columns, DownEngines = engines, SpatialLutWords = limit,
               };
    }

    private static IEnumerable<BlockParameters> Temporal(BlockDesign block, BlockParameters own) =>
        from engines in Enumerable.Range(1, block.Joints)
        from groups in Enumerable.Range(1, block.PaddedChannels).Where(count => block.PaddedChannels % count == 0)
        from columns in Enumerable.Range(1, block.With(own with { TemporalGroups = groups }).Temporal.PairCount(0))
        from finish in new[] { 1, 2, 4, 8, 16 }.Where(width => groups % width == 0)
        from limit in MemoryLimits.Words
        select own with { TemporalLutWords = limit, TemporalEngines = engines, TemporalGroups = groups, TemporalColumns = columns, TemporalFinish = finish };
}
