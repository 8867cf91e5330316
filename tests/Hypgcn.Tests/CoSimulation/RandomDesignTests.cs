using Hypgcn.CoSimulation;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>Random networks on random hardware: emitted, linted, simulated; all banks, logits and cycles must agree.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class RandomDesignTests
{
    private static readonly int[] SmallSeeds = [159, 206, 260, 351];

    private static IEnumerable<int> FullSeeds => Enumerable.Range(1001, 25);

    [TestCaseSource(nameof(SmallSeeds))]
    public Task Run_SmallDesign_IsExact(int seed) => CheckAsync(new RandomDesign(seed, RandomBounds.Small));

    [TestCaseSource(nameof(FullSeeds))]
    [Category("Slow")]
    public Task Run_Design_IsExact(int seed) => CheckAsync(new RandomDesign(seed, RandomBounds.Full));

    [Test]
    public void SmallSeeds_Together_CoverTheKinds()
    {
        var designs = SmallSeeds.Select(seed => new RandomDesign(seed, RandomBounds.Small).Design).ToList();
        var blocks = designs.SelectMany(design => design.Blocks).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(blocks.Select(block => block.Integers.Stride).Distinct(), Is.EquivalentTo([1, 2, 3]));
            Assert.That(blocks.Select(block => block.Integers.Residual).Distinct(), Is.EquivalentTo(Enum.GetValues<ResidualKind>()));
            Assert.That(blocks.Select(block => block.HasDown).Distinct().Count(), Is.EqualTo(2));
            Assert.That(blocks.Select(block => block.Integers.Kernel), Does.Contain(1).And.Contain(9));
            Assert.That(blocks.Select(block => Kept(block) < block.Integers.OutputChannels).Distinct().Count(), Is.EqualTo(2));
            Assert.That(designs.Select(design => design.Model.Persons).Distinct(), Is.EquivalentTo([1, 2]));
            Assert.That(designs.Select(design => design.Model.FeatureBits).Distinct(), Is.EquivalentTo([8, 16]));
            Assert.That(blocks.Select(block => (block.Bits, block.OutBits, block.IsPacked)).Distinct().Count(), Is.EqualTo(6));
            Assert.That(blocks.Select(block => (block.Bits, block.OutBits)).Distinct().Count(), Is.EqualTo(4));
            Assert.That(blocks.SelectMany(block => block.Fifos.All).Select(entry => entry.Fifo.IsLossless).Distinct(), Is.EquivalentTo([true, false]));
        });
    }

    private static int Kept(BlockDesign block) =>
        Enumerable.Range(0, block.Integers.OutputChannels).Count(channel => block.Temporal.RingEntry(channel) is not null);

    private static async Task CheckAsync(RandomDesign random)
    {
        RequiredTools.Check("verilator", "make");
        TestContext.Out.WriteLine(random);
        using var folder = new TemporaryFolder();
        string path = folder.File("design");
        random.Write(path);
        var toolchain = new VerilatorToolchain();
        IReadOnlyList<string> lint = await toolchain.LintAsync(CoSimulationDesign.Of(random.Design, path), CancellationToken.None);
        var run = new CoSimulationRun(random.Design, path, toolchain) { Pattern = random.Pattern };
        CoSimulationResult result = await run.RunAsync(random.Clips, null, null, CancellationToken.None);
        TestContext.Out.WriteLine($"built in {result.BuildSeconds:0.0} s, {result.Cycles.Simulated} cycles in {result.RunSeconds:0.0} s, {result.DroppedWords} words dropped");
        Assert.Multiple(() =>
        {
            Assert.That(lint, Is.Empty, random.ToString());
            Assert.That(result.Hang, Is.Null, random.ToString());
            Assert.That(result.FirstMismatch?.ToString(), Is.Null, random.ToString());
            Assert.That(result.CycleDifferences, Is.Empty, random.ToString());
            Assert.That(result.DropDifferences, Is.Empty, random.ToString());
            Assert.That(result.IsExact, random.ToString());
        });
    }
}
