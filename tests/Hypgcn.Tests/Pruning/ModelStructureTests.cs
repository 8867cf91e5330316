using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Pruning;

namespace Hypgcn.Tests.Pruning;

public sealed class ModelStructureTests
{
    [Test]
    public void Of_DenseNetwork_IsNotPruned()
    {
        ModelGraph model = new SmallNetwork().Build();
        ModelStructure structure = ModelStructure.Of(model, 8, 2);

        Assert.That(structure.IsPruned, Is.False);
        Assert.That((structure.Compression, structure.GraphSkip, structure.KeptInputShare), Is.EqualTo((1.0, 0.0, 1.0)));
        Assert.That(structure.KeptMacs, Is.EqualTo(structure.DenseMacs));
        Assert.That(structure.DenseMacs.Total + model.ClassifierWeight.Length, Is.EqualTo(ModelSummary.Of(model, 8, 2).MacsPerClip));
        Assert.That(structure.Blocks.Select(b => b.Pattern), Is.All.EqualTo("all"));
    }

    [Test]
    public void Of_SingleZeros_AreIrregularAndRemoveNothing()
    {
        ModelGraph model = new SmallNetwork().Build();
        model.Blocks[1].Spatial[0].Weight[3] = 0;
        model.Blocks[1].Temporal.Weight[10] = 0;
        model.Blocks[2].Down!.Weight[7] = 0;
        // A whole output channel of the spatial stage is no unit either.
        foreach (Convolution convolution in model.Blocks[0].Spatial)
            Array.Clear(convolution.Weight, 0, 3);

        ModelStructure structure = ModelStructure.Of(model, 8, 1);

        Assert.That(structure.Blocks.Select(b => b.Weights.IrregularZeros), Is.EqualTo(new[] { 9, 2, 1 }));
        Assert.That(structure.IsPruned, Is.False);
    }

    [Test]
    public void Of_UnevenTaps_AreIrregular()
    {
        ModelGraph model = new SmallNetwork().Build();
        for (int n = 4; n < 72; n += 9)
            model.Blocks[1].Temporal.Weight[n] = 0;

        BlockStructure block = ModelStructure.Of(model, 8, 1).Blocks[1];

        Assert.That(block.KeptTaps[0], Is.EqualTo(new[] { 0, 1, 2, 3, 5, 6, 7, 8 }));
        Assert.That((block.Pattern, block.Temporal), Is.EqualTo(("irregular", new WeightCount(8 * 8 * 9, (8 * 8 * 9) - 8, 0))));
    }

    [TestCase("3.0x", 3.0)]
    [TestCase("4.5x", 4.5)]
    [TestCase("6.0x", 6.0)]
    [TestCase("8.4x", 8.4)]
    public void Of_TenBlocksByPreset_HasTheCompressionOfItsName(string name, double compression)
    {
        PruningSchedule schedule = new PruningConfiguration { Preset = name }.Resolve(SmallCheckpoint.TenBlocks.Model, 300);

        ModelStructure structure = ModelStructure.Of(SmallCheckpoint.TenBlocks.Prune(Pruner.Plan(SmallCheckpoint.TenBlocks.Model, schedule)), 300, 2);

        PruningPreset preset = PruningPreset.Named(name)!;
        Assert.That(structure.Compression, Is.EqualTo(compression).Within(0.02));
        Assert.That(structure.GraphSkip, Is.EqualTo(preset.GraphSkip).Within(0.0005));
        Assert.That(structure.Blocks.Select(b => b.Pattern), Is.All.EqualTo(preset.Pattern));
        Assert.That(structure.Blocks.Select(b => b.KeptInputs.Count), Is.EqualTo(schedule.Blocks.Select(b => b.Channels)));
        Assert.That(structure.Blocks[^1].KeptFilters, Has.Count.EqualTo(schedule.LastFilters));
        Assert.That(structure.Weights.IrregularZeros, Is.Zero);
    }

    [Test]
    [Category("SharedData")]
    public void Of_FineTunedCheckpoint_IsFoundInItsZeros()
    {
        ModelGraph model = CheckpointReader.Read(SharedData.Path("data/agcn_nwucla_pruned.pt"), new CheckpointOptions());

        ModelStructure structure = ModelStructure.Of(model, 300, 2);

        Assert.That(structure.Blocks.Select(b => b.KeptInputs.Count), Is.EqualTo(new[] { 3, 17, 17, 17, 17, 34, 34, 34, 69, 69 }));
        Assert.That(structure.Blocks.Zip(structure.Blocks.Skip(1)).All(pair => pair.First.KeptFilters.SequenceEqual(pair.Second.KeptInputs)));
        Assert.That(structure.Blocks[^1].KeptFilters, Has.Count.EqualTo(128));
        Assert.That(structure.Blocks.Select(b => (b.Pattern, b.MeanTaps)), Is.All.EqualTo(("3of9-loop8", 3.0)));
        Assert.That(structure.Weights, Is.EqualTo(new WeightCount(3_093_248, 513_728, 0)));
        Assert.That(Math.Round(structure.Compression, 1), Is.EqualTo(6.0));
        // 26.8 % of each block but the first, rounded to whole channels.
        Assert.That(structure.Blocks.Skip(1).Sum(b => b.KeptInputs.Count) / 1152.0, Is.EqualTo(0.268).Within(0.001));
        Assert.That(structure.GraphSkip, Is.EqualTo(0.732).Within(0.003));
    }
}
