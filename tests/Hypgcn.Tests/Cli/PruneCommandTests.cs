using System.Text.Json;
using Hypgcn.Models;

namespace Hypgcn.Tests.Cli;

public sealed class PruneCommandTests
{
    private const string Key = "\"skip\": 1,";

    [Test]
    public async Task RunAsync_Demo_WritesACheckpointWhoseZerosAreTheReport()
    {
        using DemoFolder demo = WithSchedule("""{ "graph_skip": 0.4, "pattern": "6of9-loop4", "last_filter_share": 0.75 }""");
        (string pruned, string masks) = (demo.Example("pruned.safetensors"), demo.Example("masks.npz"));

        CommandRun run = await CommandRun.Of(
            "prune", "--config", demo.Configuration, "--out", pruned, "--masks", masks, "--calibrate", demo.Example("clips.npy"),
            "--input", demo.Example("clips.npy"), "--labels", demo.Example("labels.npy"), "--json");
        CommandRun inspected = await CommandRun.Of("inspect", pruned, "--frames", "32", "--json");

        Assert.That((run.ExitCode, inspected.ExitCode), Is.EqualTo((0, 0)), run.Error + inspected.Error);
        (JsonElement report, JsonElement structure) = (run.Json(), inspected.Json().GetProperty("structure"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.GetProperty("compression").GetDouble(), Is.EqualTo(structure.GetProperty("compression").GetDouble()));
            Assert.That(report.GetProperty("graph_skip").GetDouble(), Is.EqualTo(0.4).Within(0.02));
            Assert.That(report.GetProperty("weights_before").GetInt64(), Is.EqualTo(structure.GetProperty("weights").GetInt64()));
            Assert.That(report.GetProperty("weights_after").GetInt64(), Is.EqualTo(structure.GetProperty("kept_weights").GetInt64()));
            Assert.That(JsonElement.DeepEquals(report.GetProperty("blocks"), structure.GetProperty("blocks")));
            Assert.That(report.GetProperty("blocks")[2].GetProperty("kept_filters").GetInt32(), Is.EqualTo(24));
            Assert.That(report.GetProperty("importance").GetString(), Is.EqualTo("contribution"));
            Assert.That(report.GetProperty("top1_before").GetDouble(), Is.EqualTo(1));
            Assert.That(report.GetProperty("top1_after").GetDouble(), Is.InRange(0, 1));
            Assert.That(TensorFile.Read(pruned).Keys, Is.EqualTo(TensorFile.Read(demo.Example("demo.pt")).Keys));
            Assert.That(TensorFile.Read(masks).Keys, Has.Member("l1.tcn1.conv.weight"));
        }
    }

    [Test]
    public async Task RunAsync_Demo_PrintsTheTable()
    {
        using DemoFolder demo = WithSchedule("""{ "blocks": [ {}, { "channels": 4 } ] }""");
        (string pruned, string masks) = (demo.Example("pruned.safetensors"), demo.Example("masks.npz"));

        CommandRun run = await CommandRun.Of("prune", "--config", demo.Configuration, "--out", pruned, "--masks", masks);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        string[] lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.That(lines[0], Does.StartWith("block   channels   filters  taps  pattern"));
        Assert.That(lines[2], Does.StartWith("l2          4/16     16/16     9  all"));
        Assert.That(lines, Has.Member("importance: magnitude of weights"));
        Assert.That(lines, Has.Member($"Written to {pruned}, masks to {masks}."));
    }

    [Test]
    public async Task RunAsync_PrunedCheckpoint_IsReadByTheOtherCommands()
    {
        using DemoFolder demo = WithSchedule("""{ "preset": "3.0x", "importance": "weight" }""");
        string pruned = demo.Example("pruned.safetensors");
        await CommandRun.Of("prune", "--config", demo.Configuration, "--out", pruned, "--masks", demo.Example("masks.npz"));
        demo.Edit("\"demo.pt\"", "\"pruned.safetensors\"");

        CommandRun run = await CommandRun.Of("infer", "--config", demo.Configuration, "--input", demo.Example("clips.npy"), "--json");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Json().GetProperty("clips").GetInt32(), Is.EqualTo(24));
    }

    [Test]
    public async Task RunAsync_WithoutSchedule_IsBadInput()
    {
        using var demo = new DemoFolder();
        (await Run(demo)).MustBeBadInput(
            $"{demo.Configuration}: it has no key pruning; that is the schedule. Add \"pruning\": {{ \"preset\": \"6.0x\" }} or another one.");
    }

    [Test]
    public async Task RunAsync_ContributionWithoutClips_IsBadInput()
    {
        using DemoFolder demo = WithSchedule("""{ "importance": "contribution" }""");
        (await Run(demo)).MustBeBadInput(
            "pruning.importance: 'contribution' without calibration clips; it is weights times features measured on clips. Give --calibrate, or 'weight'.");
        Assert.That(File.Exists(demo.Example("p.safetensors")), Is.False);
    }

    [Test]
    public async Task RunAsync_LabelsWithoutInput_IsBadInput()
    {
        using DemoFolder demo = WithSchedule("{}");
        (await Run(demo, "--labels", demo.Example("labels.npy"))).MustBeBadInput(
            "command line: --labels is given without --input; accuracy needs both. Give both or neither.");
        (await Run(demo, "--input", demo.Example("clips.npy"))).MustBeBadInput(
            "command line: --input is given without --labels; accuracy needs both. Give both or neither.");
    }

    [Test]
    public async Task RunAsync_OutputsWithOtherNames_IsBadInput()
    {
        using DemoFolder demo = WithSchedule("{}");
        (await CommandRun.Of("prune", "--config", demo.Configuration, "--out", "p.pt", "--masks", "m.npz")).MustBeBadInput(
            "--out: p.pt; the file is written as .safetensors and must be named so. Change the name.");
        (await CommandRun.Of("prune", "--config", demo.Configuration, "--out", "p.safetensors", "--masks", "m.npy")).MustBeBadInput(
            "--masks: m.npy; the file is written as .npz and must be named so. Change the name.");
    }

    [Test]
    public async Task RunAsync_OverTheCheckpoint_IsBadInput()
    {
        using DemoFolder demo = WithSchedule("{}");
        string checkpoint = demo.Example("demo.safetensors");
        SafetensorsFile.Write(checkpoint, [.. TensorFile.Read(demo.Example("demo.pt")).Values]);
        demo.Edit("\"demo.pt\"", "\"demo.safetensors\"");
        (await CommandRun.Of("prune", "--config", demo.Configuration, "--out", checkpoint, "--masks", "m.npz")).MustBeBadInput(
            $"{checkpoint}: it is the checkpoint itself; fine-tuning needs it as it is. Write to another file.");
    }

    private static DemoFolder WithSchedule(string schedule)
    {
        var demo = new DemoFolder();
        demo.Edit(Key, $"{Key} \"pruning\": {schedule},");
        return demo;
    }

    private static Task<CommandRun> Run(DemoFolder demo, params string[] more) => CommandRun.Of(
        ["prune", "--config", demo.Configuration, "--out", demo.Example("p.safetensors"), "--masks", demo.Example("m.npz"), .. more]);
}
