using System.Text.Json;
using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Cli;

/// <summary>Two designs, joints and bones of the same clips.</summary>
internal sealed partial class CosimCommandTests
{
    [Test]
    public async Task RunAsync_SecondDesign_ReportsBothAndTheSum()
    {
        RequiredTools.Check("verilator", "make");
        using DemoFolder demo = await BoneDesignAsync();
        Assert.That(DesignManifest.Read(demo.Design).Configuration.Stream, Is.EqualTo("bone"));
        CommandRun golden = await CommandRun.Of(
            "infer", "--config", At("examples/demo/accelerator.json"), "--second", demo.Configuration, "--input", At("examples/demo/clips.npy"), "--json");
        int[] classes = [.. golden.Json().GetProperty("classes_sum").EnumerateArray().Take(3).Select(n => n.GetInt32())];
        int[] labels = LabelFile.Read(At("examples/demo/labels.npy"));
        CommandRun run = await TwoAsync(demo, "--labels", At("examples/demo/labels.npy"), "--clips", "3", "--jobs", "2", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error + run.Output);
        JsonElement json = run.Json();
        JsonElement second = json.GetProperty("second");
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("exact").GetBoolean());
            Assert.That(json.EnumerateObject().Select(key => key.Name), Is.SupersetOf(CosimKeys));
            Assert.That(second.EnumerateObject().Select(key => key.Name), Is.SupersetOf(CosimKeys));
            Assert.That(second.GetProperty("exact").GetBoolean());
            Assert.That(second.GetProperty("design").GetString(), Is.EqualTo(demo.Design));
            Assert.That(json.GetProperty("top1").GetDouble(), Is.EqualTo(1));
            Assert.That(json.GetProperty("top1_sum").GetDouble(), Is.EqualTo(classes.Zip(labels).Count(clip => clip.First == clip.Second) / 3.0));
        });
    }

    [Test]
    public async Task RunAsync_SecondDesignDamaged_FailsTheCheck()
    {
        RequiredTools.Check("verilator", "make");
        using DemoFolder demo = await BoneDesignAsync();
        string image = Path.Combine(demo.Design, "mem", "block2_array.mem");
        string[] words = File.ReadAllLines(image);
        words[0] = new string([.. words[0].Select(digit => digit == '0' ? '4' : '0')]);
        File.WriteAllLines(image, words);
        CommandRun run = await TwoAsync(demo, "--clips", "1", "--json");
        JsonElement json = run.Json();
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(json.GetProperty("exact").GetBoolean(), Is.False);
            Assert.That(json.GetProperty("mismatches").GetInt64(), Is.Zero);
            Assert.That(json.GetProperty("rerun").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(json.GetProperty("second").GetProperty("exact").GetBoolean(), Is.False);
            Assert.That(json.GetProperty("second").GetProperty("rerun").GetString(), Does.StartWith($"hypgcn cosim --design {demo.Design} "));
            Assert.That(json.GetProperty("top1_sum").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public async Task RunAsync_SecondDesignOfOtherClips_IsBadInput()
    {
        using var demo = new DemoFolder();
        CopyManifest(demo);
        string manifest = Path.Combine(demo.Design, "manifest.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"frames\": 32", "\"frames\": 16", StringComparison.Ordinal));
        (await TwoAsync(demo)).MustBeBadInput(
            $"{demo.Design}: 6 classes and clips [C,T,V,M] = [3, 16, 25, 1] after input skipping 1; both streams see the same clips and name the same classes, "
            + $"and {At("rtl-out/demo")} has 6 classes and clips [C,T,V,M] = [3, 32, 25, 1] after input skipping 1. Give two that agree in these.");
    }

    [Test]
    public async Task RunAsync_TraceOfTwoDesigns_IsBadInput()
    {
        using var demo = new DemoFolder();
        CopyManifest(demo);
        (await TwoAsync(demo, "--trace")).MustBeBadInput(
            "--trace: it is given together with --second; a waveform is of one design. Run that design alone.");
    }

    private static async Task<DemoFolder> BoneDesignAsync()
    {
        var demo = new DemoFolder();
        demo.Edit("\"stream\": \"joint\"", "\"stream\": \"bone\"");
        Assert.That((await demo.GenerateAsync()).ExitCode, Is.Zero);
        return demo;
    }

    private static Task<CommandRun> TwoAsync(DemoFolder demo, params string[] more) =>
        CosimAsync(At("rtl-out/demo"), ["--second", demo.Design, .. more]);
}
