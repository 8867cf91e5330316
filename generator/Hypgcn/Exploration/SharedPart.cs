using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>A unit of the top level with one number to choose: pool or classifier.</summary>
internal sealed class SharedPart : IDesignPart
{
    private readonly string _unit;
    private readonly Func<HardwareParameters, int> _number;
    private readonly PartChoice[] _choices;

    private SharedPart(string unit, Func<HardwareParameters, int> number, IEnumerable<PartChoice> choices)
    {
        (_unit, _number) = (unit, number);
        _choices = [.. choices.OrderBy(choice => choice.Cycles)];
    }

    /// <inheritdoc/>
    public long FastestCycles => _choices[0].Cycles;

    /// <inheritdoc/>
    public long SlowestCycles => _choices[^1].Cycles;

    /// <summary>The pool by its width.</summary>
    public static SharedPart Pool(AcceleratorDesign design) => new("pool", parameters => parameters.PoolWidth, new[] { 1, 2, 4, 8 }.Select(width => new PartChoice(
        (long)design.PoolRows * design.Blocks[^1].PaddedChannels / width,
        DesignResources.Of(design.With(design.Parameters with { PoolWidth = width }), "pool"),
        parameters => parameters with { PoolWidth = width })));

    /// <summary>The classifier by its lanes.</summary>
    public static SharedPart Classifier(AcceleratorDesign design) => new("classifier", parameters => parameters.ClassifierLanes, UnitOption.Sizes(design.Model.Classes).Select(lanes => new PartChoice(
        (long)BlockDesign.Divide(design.Model.Classes, lanes) * Math.Max(design.Blocks[^1].Integers.OutputChannels, lanes),
        DesignResources.Of(design.With(design.Parameters with { ClassifierLanes = lanes }), "classifier"),
        parameters => parameters with { ClassifierLanes = lanes })));

    /// <inheritdoc/>
    public PartChoice[] At(long interval)
    {
        var front = new CostFront<PartChoice>();
        foreach (var choice in _choices.TakeWhile(choice => choice.Cycles <= interval))
        {
            front.Add(choice.Cost, choice);
        }
        return [.. front.Items.Select(item => item.Item)];
    }

    /// <inheritdoc/>
    public IEnumerable<TunedUnit> Units(HardwareParameters parameters, double[] weights)
    {
        var numbers = _choices.Select(choice => _number(choice.Apply(parameters))).ToArray();
        // A candidate has no place for a number that is not a block's.
        var candidates = _choices.Select((choice, n) => new UnitCandidate(choice.Cycles, choice.Cost, new BlockParameters { JointLanes = numbers[n] }));
        return TunedUnit.Of(_unit, candidates, c => c.Parameters.JointLanes == _number(parameters), c => $"{c.Parameters.JointLanes}", weights) is { } unit
            ? [unit] : [];
    }
}
