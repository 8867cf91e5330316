using System.Text.Json;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

[TestFixture]
internal sealed class FuzzCommandTests
{
    [TestCase("--count", "0", "--count: 0 is out of range; it lies in 1..1000000. Give a number in that range.")]
    [TestCase("--seed", "-1", "--seed: -1 is out of range; it lies in 0..1000000000. Give a number in that range.")]
    [TestCase("--jobs", "0", "--jobs: 0 is out of range; it lies in 1..1024. Give a number in that range.")]
    public async Task Run_NumberOutOfRange_SaysTheRange(string option, string value, string message)
    {
        CommandRun run = await CommandRun.Of("fuzz", option, value);
        run.MustBeBadInput(message);
    }

    [Test]
    public async Task Run_WorkThatIsAFile_IsBadInput()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("file");
        await File.WriteAllTextAsync(file, "");
        (await CommandRun.Of("fuzz", "--count", "1", "--work", file)).MustBeBadInput(
            $"--work: {file} cannot be made (The file '{file}' already exists); it must be a folder that can be written. Choose another.");
    }

    [Test]
    [Category("CoSim")]
    public async Task Replay_CommittedCase_IsExact()
    {
        RequiredTools.Check("verilator", "make");
        using var folder = new TemporaryFolder();
        CommandRun run = await CommandRun.Of(
            "fuzz", "--json", "--work", folder.Path, "--replay", Path.Combine(Repository.Root, "tests/regressions/one_word_ring.json"));
        JsonElement json = run.Json();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That((json.GetProperty("designs").GetInt32(), json.GetProperty("failed").GetInt32()), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Replay_CaseThatARuleRefuses_Fails()
    {
        RequiredTools.Check("verilator", "make");
        using var folder = new TemporaryFolder();
        FuzzCase fuzz = FuzzDraw.Draw(1, FuzzBounds.Small).Case;
        string path = folder.File("case.json");
        (fuzz with { ClassifierLanes = fuzz.Classes + 1 }).Write(path);
        CommandRun run = await CommandRun.Of("fuzz", "--work", folder.Path, "--replay", path);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("FAILED      seed 1: Refused: hardware.classifier_lanes is ").And.Contain("0 of 1 designs exact, 1 failed"));
    }
}
