using Hypgcn.Models;
using Hypgcn.Pruning;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Pruning;

public sealed class PrunerTests
{
    private static readonly SmallNetwork Network = new();
    private static readonly SmallCheckpoint Small = new(Network.Build());

    private static readonly PruningSchedule Schedule = new()
    {
        Blocks = [new(3, TapPattern.Named("3of9-loop4")!), new(5, TapPattern.Named("4of9-loop8")!), new(2, TapPattern.Own([[0, 8], [4]]))],
        LastFilters = 7,
    };

    [Test]
    public void Plan_SmallNetwork_StructureOfThePrunedNetworkIsTheSchedule()
    {
        ModelStructure structure = ModelStructure.Of(Small.Prune(Pruner.Plan(Small.Model, Schedule)), 8, 1);

        Assert.That(structure.Blocks.Select(b => b.KeptInputs.Count), Is.EqualTo(new[] { 3, 5, 2 }));
        Assert.That(structure.Blocks.Select(b => b.KeptFilters.Count), Is.EqualTo(new[] { 5, 2, 7 }));
        Assert.That(structure.Blocks[0].KeptFilters, Is.EqualTo(structure.Blocks[1].KeptInputs));
        Assert.That(structure.Blocks[1].KeptFilters, Is.EqualTo(structure.Blocks[2].KeptInputs));
        Assert.That(structure.Blocks.Select(b => b.Pattern), Is.EqualTo(new[] { "3of9-loop4", "4of9-loop4", "loop of 2" }));
        Assert.That(structure.Blocks[2].KeptTaps.Select(set => set.Count), Is.EqualTo(new[] { 2, 1, 2, 1, 2, 1, 2 }));
        Assert.That(structure.Weights.IrregularZeros, Is.Zero);
    }

    [Test]
    public void Plan_DroppedFilter_LeavesExactlyBetaAndTheShortcut()
    {
        IReadOnlyList<BlockPlan> plan = Pruner.Plan(Small.Model, Schedule);
        ModelGraph pruned = Small.Prune(plan);
        int dropped = Enumerable.Range(0, 8).First(filter => plan[0].Taps[filter].Count == 0);
        double[] outputs = [];
        new FloatNetwork(pruned).Logits(Network.Clip(8, 1, 3), 8, 1, (kind, block, values) =>
        {
            if (kind == FeatureKind.Output && block == 0)
                outputs = [.. values.ToArray().Where((_, n) => n % 8 == dropped)];
        });

        // The first block has no residual.
        Assert.That(outputs, Is.All.EqualTo(Math.Max(0, Small.Model.Blocks[0].TemporalNorm.Beta[dropped])));
        Assert.That(pruned.Blocks[0].Temporal.Bias[dropped], Is.Zero);
    }

    [Test]
    public void Plan_UnreadChannels_DoNotMatterToTheSpatialStage()
    {
        ModelGraph pruned = Small.Prune(Pruner.Plan(Small.Model, Schedule));
        int unread = Enumerable.Range(0, 8).Except(ModelStructure.Of(pruned, 8, 1).Blocks[1].KeptInputs).First();

        Assert.That(pruned.Blocks[1].Spatial.Select(c => Enumerable.Range(0, 8).Sum(o => Math.Abs(c.Weight[(o * 8) + unread]))), Is.All.Zero);
    }

    [Test]
    public void Plan_Shortcuts_DropTheSameChannelsOfTheirConvolutions()
    {
        ModelGraph without = Small.Prune(Pruner.Plan(Small.Model, Schedule));
        ModelGraph with = Small.Prune(Pruner.Plan(Small.Model, Schedule with { Shortcuts = true }));

        Assert.That(ModelStructure.Of(without, 8, 1).Blocks[2].Shortcut, Is.EqualTo(new WeightCount(2 * 8 * 12, 2 * 8 * 12, 0)));
        Assert.That(ModelStructure.Of(with, 8, 1).Blocks[2].Shortcut, Is.EqualTo(new WeightCount(2 * 8 * 12, 2 * 2 * 12, 0)));
    }

    [Test]
    public void Plan_ChannelWithoutWeight_GoesFirst()
    {
        ModelGraph model = Network.Build();
        foreach (Convolution convolution in model.Blocks[1].Spatial)
        {
            for (int o = 0; o < 8; o++)
                convolution.Weight[(o * 8) + 6] = 0;
        }
        PruningSchedule all = new() { Blocks = [.. model.Blocks.Select(b => new BlockSchedule(b.InputChannels, TapPattern.All))], LastFilters = 12 };
        PruningSchedule oneLess = all with { Blocks = [all.Blocks[0], new(7, TapPattern.All), all.Blocks[2]] };

        IReadOnlyList<BlockPlan> plan = Pruner.Plan(model, oneLess);

        Assert.That(plan[1].Inputs, Is.EqualTo(Enumerable.Range(0, 8).Select(i => i != 6)));
        Assert.That(plan[0].Taps.Select(set => set.Count), Is.EqualTo(Enumerable.Range(0, 8).Select(i => i == 6 ? 0 : 9)));
    }

    [Test]
    public void Plan_MeasuredFeatures_DecideBetweenEqualWeights()
    {
        // Channel 5 of block 1 is never positive: no weight makes it contribute.
        ModelGraph model = Network.Build();
        model.Blocks[0].TemporalNorm.Beta[5] = -100;
        var clips = new ClipSet(2, 3, 8, 5, 1, [.. Network.Clip(8, 1, 1), .. Network.Clip(8, 1, 2)]);

        double[] importance = ChannelImportance.Inputs(model, 1, ChannelActivity.Measure(model, clips));

        Assert.That(importance[5], Is.Zero);
        Assert.That(importance.Count(value => value > 0), Is.GreaterThan(4));
        Assert.That(ChannelImportance.Inputs(model, 1, null)[5], Is.Positive);
    }

    [Test]
    public void Plan_ScheduleThatDoesNotFit_ListsEverything()
    {
        PruningSchedule bad = new()
        {
            Blocks = [new(4, TapPattern.All), new(3, TapPattern.Own([[9]])), new(3, TapPattern.Named("2of9-loop4")!)],
            LastFilters = 13,
        };
        Assert.That(() => Pruner.Plan(Small.Model, bad), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(string.Join(Environment.NewLine,
            "pruning.blocks[0].channels: 4; the block reads 3 and keeps 1 or more. Use 1 to 3.",
            "pruning: tap_sets have tap 9; block 2 has taps 0 to 8. Remove it, or give the block tap_sets of its own.",
            "pruning: 13 filters of the last block; it has 12 and keeps 1 or more. Use 1 to 12.")));
    }

    [Test]
    public void Plan_NamedPatternForAnotherKernel_SaysSo()
    {
        ModelGraph model = new SmallNetwork { Kernel = 5 }.Build();
        PruningSchedule bad = new() { Blocks = [.. Enumerable.Repeat(new BlockSchedule(3, TapPattern.Named("2of9-loop4")!), 3)], LastFilters = 1 };

        Assert.That(() => Pruner.Plan(model, bad), Throws.TypeOf<HypgcnException>().With.Message.StartsWith(
            "pruning: pattern 2of9-loop4 is for 9 taps; block 1 has 5. Give tap_sets instead, or 'all'."));
    }
}
