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
    private static readonly int[] SmallSeeds = [25, 53, 57, 276];

    private static IEnumerable<int> FullSeeds => Enumerable.Range(1001, 25);

    [TestCaseSource(nameof(SmallSeeds))]
    public Task Run_SmallDesign_IsExact(int seed) => CheckAsync(new RandomDesign(seed, RandomBounds.Small));

    [TestCaseSource(nameof(FullSeeds))]
    [Category("Slow")]
    public Task Run_Design_IsExact(int seed) => CheckAsync(new RandomDesign(seed, RandomBounds.Full));

    [Test]
    public void SmallSeeds_Together_CoverTheKinds() => Assert.That(
        Missing(SmallSeeds.SelectMany(seed => Kinds(new RandomDesign(seed, RandomBounds.Small).Design))), Is.Empty,
        "choose other seeds: dotnet test --filter FullyQualifiedName~PrintSeeds");

    [Test]
    [Explicit("Prints seeds for SmallSeeds, after the drawing of designs has changed.")]
    public void PrintSeeds()
    {
        var kinds = Enumerable.Range(1, 400).ToDictionary(seed => seed, seed => Kinds(new RandomDesign(seed, RandomBounds.Small).Design).ToHashSet());
        var missing = Missing([]).ToHashSet();
        while (missing.Count > 0)
        {
            var seed = kinds.MaxBy(entry => entry.Value.Count(missing.Contains)).Key;
            Assert.That(kinds[seed].Overlaps(missing), string.Join(", ", missing));
            missing.ExceptWith(kinds[seed]);
            TestContext.Out.WriteLine(seed);
        }
    }

    private static IEnumerable<string> Missing(IEnumerable<string> seen)
    {
        string[] widths = ["8, 8", "8, 16", "16, 8", "16, 16"];
        string[] all =
        [
            "stride 1", "stride 2", "stride 3", "kernel 1", "kernel 9", "persons 1", "persons 2", "features 8", "features 16",
            "residual None", "residual Identity", "residual Convolution", "down True", "down False", "dropped filters True", "dropped filters False",
            "lossless True", "lossless False", .. widths.Select(width => $"bits {width}, packed False"), "bits 8, 8, packed True", "bits 8, 16, packed True",
            "parts of words of U True", "parts of words of U False", "parts without joints", "array chunks across words", "array words in part",
            "down chunks across words", "down words in part", "down columns to spare", "engines True", "engines False", "pairs of channels", "pairs of joints",
        ];
        return all.Except(seen);
    }

    private static IEnumerable<string> Kinds(AcceleratorDesign design)
    {
        yield return $"persons {design.Model.Persons}";
        yield return $"features {design.Model.FeatureBits}";
        foreach (var block in design.Blocks)
        {
            yield return $"engines {block.Parameters.TemporalEngines > 1}";
            yield return $"stride {block.Integers.Stride}";
            yield return $"kernel {block.Integers.Kernel}";
            yield return $"residual {block.Integers.Residual}";
            yield return $"down {block.HasDown}";
            yield return $"dropped filters {Kept(block) < block.Integers.OutputChannels}";
            yield return $"bits {block.Bits}, {block.OutBits}, packed {block.IsPacked}";
            foreach (var (_, fifo) in block.Fifos.All)
            {
                yield return $"lossless {fifo.IsLossless}";
            }
            foreach (var kind in SpatialKinds(block))
            {
                yield return kind;
            }
        }
    }

    private static IEnumerable<string> SpatialKinds(BlockDesign block)
    {
        var (p, padded) = (block.Parameters, block.PaddedChannels);
        (bool Is, string Kind)[] kinds =
        [
            (true, $"parts of words of U {block.GraphWordParts > 1}"),
            (block.GraphTotalWords < block.Model.Subsets * block.JointGroups * block.GraphWordParts, "parts without joints"),
            (p.ArrayChannels % p.SpatialFinish != 0, "array chunks across words"),
            (padded % p.ArrayChannels != 0, "array words in part"),
            (block.HasDown && p.DownChannels % p.SpatialFinish != 0, "down chunks across words"),
            (block.HasDown && padded % p.DownChannels != 0, "down words in part"),
            (block.HasDown && block.Down.Passes > 1 && block.Down.LastColumns < p.DownColumns, "down columns to spare"),
            (block.IsPacked && p.JointLanes % 2 > p.ArrayChannels % 2, "pairs of channels"),
            (block.IsPacked && p.JointLanes % 2 < p.ArrayChannels % 2, "pairs of joints"),
        ];
        return kinds.Where(entry => entry.Is).Select(entry => entry.Kind);
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
