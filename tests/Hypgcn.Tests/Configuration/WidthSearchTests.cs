using System.Text.Json;
using Hypgcn.Configuration;
using Hypgcn.Exploration;
using Hypgcn.Models;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Configuration;

[TestFixture]
internal sealed class WidthSearchTests
{
    private static readonly AcceleratorProject Project = AcceleratorProject.Load(Path.Combine(Repository.Root, "examples", "demo", "accelerator.json"));
    private static readonly ClipSet Clips = Project.ReadClips(Path.Combine(Repository.Root, "examples", "demo", "clips.npy")).Slice(0, 2);
    private static readonly WidthSearch Search = new(Project, Clips);

    private static int Narrow(AcceleratorProject project) => project.BlockFeatureBits?.Count(bits => bits == WidthSearch.NarrowBits) ?? 0;

    [Test]
    public void Fewest_SomeAreNeeded_NarrowsTheFirstOfTheOrder([Range(0, 3)] int needed)
    {
        var found = Search.Fewest(project => Narrow(project) >= needed ? project : throw new InfeasibleException("too slow"));
        var order = Search.Order();
        Assert.That(order, Is.EquivalentTo(Enumerable.Range(0, Project.Model.Blocks.Count)));
        Assert.That(Enumerable.Range(0, order.Count).Where(b => found.BlockFeatureBits?[b] == WidthSearch.NarrowBits), Is.EquivalentTo(order.Take(needed)));
    }

    [Test]
    public void Fewest_NoneWillDo_SaysWhyWithAllNarrow() => Assert.That(
        () => Search.Fewest<AcceleratorProject>(project => throw new InfeasibleException($"{Narrow(project)} narrow")),
        Throws.TypeOf<InfeasibleException>().With.Message.EqualTo($"{Project.Model.Blocks.Count} narrow"));

    /// <summary>Formats are those that quantize would choose for these widths.</summary>
    [Test]
    public void Narrowed_OneBlock_IsQuantizedAnew()
    {
        var narrowed = Search.Narrowed([1]);
        var model = narrowed.Quantize();
        Assert.That(model.Blocks.Select(block => block.FeatureBits), Is.EqualTo(new[] { 16, 8, 16 }));
        var formats = Calibration.Formats(Project, Clips, [16, 8, 16]);
        Assert.That(JsonSerializer.Serialize(narrowed.Configuration.Formats.Formats), Is.EqualTo(JsonSerializer.Serialize(formats)));
        Assert.That(JsonSerializer.Serialize(narrowed.Configuration.Sparsity), Is.EqualTo(JsonSerializer.Serialize(Calibration.Zeros(Project, formats, Clips))));
        Assert.That(new WidthSearch(narrowed, Clips).Order(), Is.EquivalentTo(new[] { 0, 2 }));
    }
}
