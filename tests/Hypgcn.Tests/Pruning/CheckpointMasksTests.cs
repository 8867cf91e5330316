using Hypgcn.Models;
using Hypgcn.Pruning;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Pruning;

public sealed class CheckpointMasksTests
{
    private static readonly string Demo = Path.Combine(Repository.Root, "examples/demo/demo.pt");

    private static readonly PruningSchedule Schedule = new()
    {
        Blocks = [new(3, TapPattern.Named("3of9-loop8")!), new(6, TapPattern.Named("3of9-loop8")!), new(4, TapPattern.All)],
        LastFilters = 8,
    };

    [Test]
    public void Create_Demo_MasksConvolutionsAndTheOffsetsOfDroppedFilters()
    {
        IReadOnlyDictionary<string, Tensor> tensors = TensorFile.Read(Demo);

        IReadOnlyList<Tensor> masks = Masks(tensors);

        Assert.That(masks.Select(mask => mask.Name), Is.EqualTo(Enumerable.Range(1, 3).SelectMany(b => new[]
        {
            $"l{b}.gcn1.conv_d.0.weight", $"l{b}.gcn1.conv_d.1.weight", $"l{b}.gcn1.conv_d.2.weight",
            $"l{b}.tcn1.conv.weight", $"l{b}.tcn1.conv.bias", $"l{b}.tcn1.bn.running_mean",
        })));
        Assert.That(masks.Select(mask => mask.ShapeLabel), Is.EqualTo(masks.Select(mask => tensors[mask.Name].ShapeLabel)));
        Assert.That(masks.SelectMany(mask => mask.ToSingles()).Distinct(), Is.EquivalentTo(new[] { 0f, 1f }));
    }

    [Test]
    public void Apply_Demo_IsTheCheckpointTimesTheMasks()
    {
        IReadOnlyDictionary<string, Tensor> tensors = TensorFile.Read(Demo);
        IReadOnlyList<Tensor> masks = Masks(tensors);

        IReadOnlyList<Tensor> pruned = CheckpointMasks.Apply(tensors, masks);

        Assert.That(pruned.Select(tensor => tensor.Name), Is.EqualTo(tensors.Keys));
        foreach (Tensor tensor in pruned)
        {
            float[] mask = masks.FirstOrDefault(m => m.Name == tensor.Name)?.ToSingles() ?? [.. Enumerable.Repeat(1f, tensor.Count)];
            Assert.That(tensor.ToSingles(), Is.EqualTo(tensors[tensor.Name].ToSingles().Zip(mask, (value, m) => value * m)), tensor.Name);
        }
    }

    [Test]
    public void Create_OtherSpellings_KeepsTheCheckpointsNames()
    {
        Dictionary<string, Tensor> renamed = TensorFile.Read(Demo).ToDictionary(
            x => "module." + x.Key.Replace("tcn1", "tcn", StringComparison.Ordinal).Replace(".gcn1.", ".gcn.", StringComparison.Ordinal),
            x => x.Value, StringComparer.Ordinal);

        IReadOnlyList<Tensor> masks = Masks(renamed);

        Assert.That(masks[0].Name, Is.EqualTo("module.l1.gcn.conv_d.0.weight"));
        Assert.That(masks.Select(mask => mask.Name), Is.SubsetOf(renamed.Keys));
        Assert.That(CheckpointMasks.Apply(renamed, masks).Select(tensor => tensor.Name), Is.EqualTo(renamed.Keys));
    }

    [Test]
    public void Create_Shortcuts_MasksTheirWeights()
    {
        IReadOnlyDictionary<string, Tensor> tensors = TensorFile.Read(Demo);
        ModelGraph model = CheckpointReader.Read(Demo, new CheckpointOptions());

        IReadOnlyList<Tensor> masks = CheckpointMasks.Create(tensors, Pruner.Plan(model, Schedule with { Shortcuts = true }));

        Assert.That(
            masks.Select(mask => mask.Name).Where(name => name.Contains("down", StringComparison.Ordinal) || name.Contains("residual", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "l1.gcn1.down.0.weight", "l3.gcn1.down.0.weight", "l3.residual.conv.weight" }));
    }

    [Test]
    public void Create_PrunedCheckpoint_KeepsItsZeros()
    {
        IReadOnlyDictionary<string, Tensor> tensors = TensorFile.Read(Demo);
        IReadOnlyList<Tensor> first = Masks(tensors);
        Dictionary<string, Tensor> pruned = CheckpointMasks.Apply(tensors, first).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        ModelGraph model = CheckpointReader.Build("pruned", pruned, new CheckpointOptions());
        PruningSchedule everything = new()
        {
            Blocks = [.. model.Blocks.Select(block => new BlockSchedule(block.InputChannels, TapPattern.All))], LastFilters = model.Blocks[^1].OutputChannels,
        };

        IReadOnlyList<Tensor> second = CheckpointMasks.Create(pruned, Pruner.Plan(model, everything));

        foreach (Tensor mask in second.Where(mask => mask.Shape.Count > 1))
            Assert.That(mask.ToSingles(), Is.EqualTo(first.Single(other => other.Name == mask.Name).ToSingles()), mask.Name);
        // A filter that is kept may start from a bias of zero.
        Assert.That(second.Where(mask => mask.Shape.Count == 1).SelectMany(mask => mask.ToSingles()), Is.All.EqualTo(1));
    }

    private static IReadOnlyList<Tensor> Masks(IReadOnlyDictionary<string, Tensor> tensors) =>
        CheckpointMasks.Create(tensors, Pruner.Plan(CheckpointReader.Read(Demo, new CheckpointOptions()), Schedule));
}
