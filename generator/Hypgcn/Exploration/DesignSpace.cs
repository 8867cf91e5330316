using System.Collections.Concurrent;
using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>All designs of a network: its parts with every sensible choice, in cycles and resources. Safe for many threads.</summary>
internal sealed class DesignSpace
{
    private static readonly string[] Chosen = ["graph", "array", "down", "spatial_finish", "temporal", "residual", "temporal_finish", "spatial_fifo", "middle_fifo", "residual_fifo"];

    private readonly ConcurrentDictionary<long, PartChoice[][]> _fronts = [];
    private readonly ConcurrentDictionary<(int Part, BlockParameters Parameters), long> _waiting = [];
    private readonly IDesignPart[] _parts;
    private readonly AcceleratorDesign _least;

    private DesignSpace(AcceleratorDesign least, IDesignPart[] parts)
    {
        _least = least;
        _parts = parts;
        Constant = ConstantOf(least);
    }

    /// <summary>What does not depend on choices; the counters of further engines are in the costs of these.</summary>
    public Resources Constant { get; }

    /// <summary>No design has a shorter interval.</summary>
    public long FastestCycles => Math.Max(_least.ClipValues, _parts.Max(part => part.FastestCycles));

    /// <summary>Every design is within this interval.</summary>
    public long SlowestCycles => Math.Max(_least.ClipValues, _parts.Max(part => part.SlowestCycles));

    /// <summary>Measures every choice of every part.</summary>
    /// <param name="least">The network with one lane everywhere and its FIFOs as they shall be.</param>
    /// <param name="costs">What its units take.</param>
    /// <param name="clips">What the engines have to do.</param>
    /// <param name="shares">How clips count.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static DesignSpace Measure(
        AcceleratorDesign least, UnitCosts costs, IReadOnlyList<ClipActivity> clips, ClipShares shares, CancellationToken cancellationToken = default)
    {
        // Others begin while the first that needs it finds it out.
        var counter = new Lazy<Resources>(() => CounterOf(least));
        var blocks = least.Blocks.Count;
        var parts = new IDesignPart[(2 * blocks) + 2];
        // Wide blocks have most choices.
        Parallel.For(0, parts.Length, AllCores.With(cancellationToken), n =>
        {
            var at = parts.Length - 1 - n;
            parts[at] = at == 2 * blocks ? SharedPart.Pool(least)
                : at > 2 * blocks ? SharedPart.Classifier(least)
                : at % 2 == 0 ? new SpatialPart(least.Blocks[at / 2], costs, clips, shares, counter)
                : new TemporalPart(least.Blocks[at / 2], costs, clips, shares, counter);
        });
        return new DesignSpace(least, parts);
    }

    /// <summary>Of each part the choices that meet an interval.</summary>
    public PartChoice[][] At(long interval) => _fronts.GetOrAdd(interval, _ =>
    {
        var fronts = new PartChoice[_parts.Length][];
        Parallel.For(0, fronts.Length, AllCores.With(), n => fronts[^(n + 1)] = _parts[^(n + 1)].At(interval));
        return fronts;
    });

    /// <summary>Of each part the forms that meet an interval, or that are as fast as the part can be.</summary>
    public PartChoice[][] AtOrFastest(long interval)
    {
        var fronts = new PartChoice[_parts.Length][];
        Parallel.For(0, fronts.Length, AllCores.With(), n => fronts[n] = _parts[n].Forms(Math.Max(interval, _parts[n].FastestCycles)));
        return fronts;
    }

    /// <summary>The design of some choices.</summary>
    /// <param name="choices">Of each part.</param>
    /// <param name="fifos">A design whose FIFOs it gets.</param>
    public AcceleratorDesign Design(IEnumerable<PartChoice> choices, AcceleratorDesign fifos) =>
        fifos.With(choices.Aggregate(fifos.Parameters, (parameters, choice) => choice.Apply(parameters)));

    /// <summary>Cycles of a choice's units with waiting for each other, as far as <see cref="RowFlow"/> knows it.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="choice">The choice.</param>
    /// <param name="clips">Always the same.</param>
    public long Waiting(int part, PartChoice choice, IReadOnlyList<ClipActivity> clips)
    {
        var b = part / 2;
        if (b >= _least.Blocks.Count)
        {
            return 0;
        }
        var parameters = choice.Apply(_least.Parameters).Blocks[b];
        return _waiting.GetOrAdd((part, parameters), _ =>
        {
            var block = _least.Blocks[b].With(parameters);
            return part % 2 == 0 ? RowFlow.Spatial(block, clips) : RowFlow.Temporal(block, clips);
        });
    }

    /// <summary>Interval of a design by its slowest unit.</summary>
    public long Bound(AcceleratorDesign design) =>
        Math.Max(_least.ClipValues, _parts.Max(part => part.Units(design.Parameters, [1, 1, 1]).Max(unit => unit.Chosen.Cycles)));

    /// <summary>What was chosen for every unit.</summary>
    /// <param name="parameters">Of a design that choices made.</param>
    /// <param name="weights">What counts as cheap.</param>
    public IReadOnlyList<TunedUnit> Units(HardwareParameters parameters, double[] weights) =>
        [.. _parts.SelectMany(part => part.Units(parameters, weights))];

    /// <summary>Interval of choices by their slowest unit.</summary>
    public long Interval(IEnumerable<PartChoice> choices) => Math.Max(_least.ClipValues, choices.Max(choice => choice.Cycles));

    private static Resources ConstantOf(AcceleratorDesign design) => DesignResources.Of(design).ByUnit
        .Where(unit => unit.Key is not ("pool" or "classifier")
            && !(unit.Key.StartsWith("block", StringComparison.Ordinal) && Chosen.Contains(unit.Key[(unit.Key.IndexOf('.', StringComparison.Ordinal) + 1)..])))
        .Aggregate(default(Resources), (sum, unit) => sum + unit.Value);

    // A stage more: its counters, and an input of the multiplexer behind them. Where that one grows in steps the least that it grows by, so that parts
    // together are never more than the whole.
    private static Resources CounterOf(AcceleratorDesign least)
    {
        var many = least.With(least.Parameters with { Blocks = [.. least.Parameters.Blocks.Select(block => block with { TemporalEngines = least.Model.Joints })] });
        var (before, after, more) = (ConstantOf(least), ConstantOf(many), many.Stages.Count - least.Stages.Count);
        if (more == 0)
        {
            return default;
        }
        var (first, mean) = (Multiplexer(least), (Multiplexer(many) - Multiplexer(least)) / more);
        var slopes = Enumerable.Range(1, least.Model.Joints - 1).Select(engines => (Multiplexer(
            least.With(PartChoice.Change(least.Parameters, 0, block => block with { TemporalEngines = engines + 1 }))) - first) / engines);
        return new Resources(
            (after.Dsp - before.Dsp) / more, (after.Bram18 - before.Bram18) / more, ((after.Lut - before.Lut) / more) - mean + slopes.Append(mean).Min(),
            (after.Ff - before.Ff) / more, (after.LutRam - before.LutRam) / more);
    }

    private static double Multiplexer(AcceleratorDesign design) => DesignResources.Of(design, "select").Lut;
}
