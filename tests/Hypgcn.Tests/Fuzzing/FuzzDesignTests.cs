using Hypgcn.CoSimulation;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Fuzzing;

/// <summary>Random networks on random hardware: generated, linted, simulated; all banks, logits and cycles must agree.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class FuzzDesignTests
{
    private const string RegressionFolder = "tests/regressions";

    private static readonly int[] SmallSeeds = [144, 33, 94, 5, 26];

    private static IEnumerable<int> FullSeeds => Enumerable.Range(1001, 25);

    private static IEnumerable<string> Regressions =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, RegressionFolder), "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(SmallSeeds))]
    public Task Check_SmallDesign_IsExact(int seed) => CheckAsync(FuzzDraw.Draw(seed, FuzzBounds.Small), SimulationEffort.Quick);

    [TestCaseSource(nameof(FullSeeds))]
    [Category("Slow")]
    public Task Check_Design_IsExact(int seed) => CheckAsync(FuzzDraw.Draw(seed, FuzzBounds.Full), SimulationEffort.Fast);

    [TestCaseSource(nameof(Regressions))]
    public Task Check_Regression_IsExact(string name) =>
        CheckAsync(new FuzzDesign(FuzzCase.Read(Path.Combine(Repository.Root, RegressionFolder, name))), SimulationEffort.Quick);

    [TestCase(1)]
    [Category("Slow")]
    public async Task Run_HundredDesigns_AreExact(int seed)
    {
        RequiredTools.Check("verilator", "make");
        using var folder = new TemporaryFolder();
        var toolchain = new VerilatorToolchain(new BuildCache(folder.File("cache"))) { Effort = SimulationEffort.Quick };
        FuzzResult result = await new FuzzRun(new FuzzChecker(toolchain, folder.File("designs")).CheckAsync)
            .RunAsync(seed, 100, null, CancellationToken.None);
        Assert.That(result.Failures.Select(failure => $"seed {failure.Case.Seed}: {failure.Failure}"), Is.Empty);
        Assert.That(FuzzKinds.All.Append(FuzzKinds.DroppedWords).Except(result.Kinds.Keys), Is.Empty, "kinds that no design is an example of");
    }

    [Test]
    public void SmallSeeds_Together_CoverTheKinds() => Assert.That(
        FuzzKinds.All.Except(SmallSeeds.SelectMany(seed => FuzzKinds.Of(FuzzDraw.Draw(seed, FuzzBounds.Small)))), Is.Empty,
        "choose other seeds: those that PrintSeeds prints when it is not explicit");

    [Test]
    [Explicit("Prints seeds for SmallSeeds, after the drawing of designs has changed.")]
    public void PrintSeeds()
    {
        var kinds = Enumerable.Range(1, 300).ToDictionary(seed => seed, seed => FuzzKinds.Of(FuzzDraw.Draw(seed, FuzzBounds.Small)).ToHashSet());
        var missing = FuzzKinds.All.ToHashSet();
        while (missing.Count > 0)
        {
            var seed = kinds.MaxBy(entry => entry.Value.Count(missing.Contains)).Key;
            Assert.That(kinds[seed].Overlaps(missing), string.Join(", ", missing));
            missing.ExceptWith(kinds[seed]);
            TestContext.Out.WriteLine(seed);
        }
    }

    private static async Task CheckAsync(FuzzDesign design, SimulationEffort effort)
    {
        RequiredTools.Check("verilator", "make");
        TestContext.Out.WriteLine(design.Case);
        using var folder = new TemporaryFolder();
        FuzzOutcome outcome = await new FuzzChecker(new VerilatorToolchain { Effort = effort }, folder.Path).CheckAsync(design, CancellationToken.None);
        TestContext.Out.WriteLine($"{outcome.Cycles} cycles, {outcome.Seconds}");
        Assert.That(outcome.Failure, Is.Null);
    }
}
