using System.Text.Json;
using Hypgcn.Models;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

[TestFixture]
[Category("CoSim")]
internal sealed partial class CosimCommandTests
{
    private static readonly string[] CosimKeys =
    [
        "clips", "mismatches", "first_mismatch", "boundaries_checked", "cycles", "latency_cycles", "interval_cycles", "dropped_words",
        "build_seconds", "run_seconds", "top1",
    ];

    [Test]
    public async Task RunAsync_CommittedDesign_IsExactAndHasTheKeys()
    {
        RequiredTools.Check("verilator", "make");
        CommandRun run = await CommandRun.Of(
            "cosim", "--design", At("rtl-out/demo"), "--input", At("examples/demo/clips.npy"), "--labels", At("examples/demo/labels.npy"),
            "--clips", "2", "--stall", "3", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error + run.Output);
        JsonElement json = run.Json();
        Assert.That(json.EnumerateObject().Select(key => key.Name), Is.SupersetOf(CosimKeys));
        JsonElement cycles = json.GetProperty("cycles");
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("clips").GetInt32(), Is.EqualTo(2));
            Assert.That(json.GetProperty("mismatches").GetInt64(), Is.Zero);
            Assert.That(json.GetProperty("first_mismatch").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(json.GetProperty("boundaries_checked").GetInt64(), Is.Positive);
            Assert.That(cycles.GetProperty("predicted").GetInt64(), Is.EqualTo(cycles.GetProperty("simulated").GetInt64()));
            Assert.That(cycles.GetProperty("difference").GetInt64(), Is.Zero);
            Assert.That(json.GetProperty("latency_cycles").GetInt64(), Is.Positive);
            Assert.That(json.GetProperty("interval_cycles").GetInt64(), Is.Positive);
            Assert.That(json.GetProperty("dropped_words").GetInt64(), Is.Zero);
            Assert.That(json.GetProperty("top1").GetDouble(), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task RunAsync_DamagedWeights_FailsTheCheckAndSaysHowToRepeat()
    {
        RequiredTools.Check("verilator", "make");
        using var demo = new DemoFolder();
        Assert.That((await demo.GenerateAsync()).ExitCode, Is.Zero);
        string image = Path.Combine(demo.Design, "mem", "block2_array.mem");
        string[] words = File.ReadAllLines(image);
        words[0] = new string([.. words[0].Select(digit => digit == '0' ? '4' : '0')]);
        File.WriteAllLines(image, words);
        CommandRun run = await CommandRun.Of("cosim", "--design", demo.Design, "--input", demo.Example("clips.npy"), "--clips", "1", "--json");
        JsonElement json = run.Json();
        JsonElement first = json.GetProperty("first_mismatch");
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(json.GetProperty("mismatches").GetInt64(), Is.Positive);
            Assert.That(json.GetProperty("top1").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(json.GetProperty("interval_cycles").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(first.GetProperty("boundary").GetString(), Is.EqualTo("block2.z"));
            foreach (string key in new[] { "block", "person", "frame", "joint", "channel", "cycle", "expected", "actual" })
            {
                Assert.That(first.GetProperty(key).ValueKind, Is.EqualTo(JsonValueKind.Number), key);
            }
            long cycle = first.GetProperty("cycle").GetInt64();
            Assert.That(json.GetProperty("rerun").GetString(), Is.EqualTo(
                $"hypgcn cosim --design {demo.Design} --input {demo.Example("clips.npy")} --first-clip 0 --clips 1 --stall 0 --gap 0 --trace demo.vcd"
                + $" --trace-from {Math.Max(0, cycle - 500)} --trace-to {cycle + 50}"));
        });
    }

    [Test]
    public async Task RunAsync_DemoCommand_HasTheKeys()
    {
        RequiredTools.Check("verilator", "make");
        using var folder = new TemporaryFolder();
        CommandRun run = await CommandRun.Of("demo", "--out", folder.File("demo"), "--clips", "1", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error + run.Output);
        JsonElement json = run.Json();
        Assert.That(json.GetProperty("result").EnumerateObject().Select(key => key.Name), Is.SupersetOf(CosimKeys));
        Assert.That(json.GetProperty("lint").GetArrayLength(), Is.Zero);
        Assert.That(json.GetProperty("classes").GetArrayLength(), Is.EqualTo(1));
        Assert.That(json.EnumerateObject().Select(key => key.Name), Is.SupersetOf(new[] { "design", "dsp", "bram36", "lut", "ff" }));
    }

    [TestCase("0")]
    [TestCase("25")]
    public async Task RunAsync_DemoWithWrongNumberOfClips_IsBadInput(string clips) => (await CommandRun.Of("demo", "--clips", clips))
        .MustBeBadInput($"--clips: {clips}; the example has 1 to 24 clips. Choose a number in that range.");

    [Test]
    public async Task RunAsync_NoDesignFolder_IsBadInput()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.File("none");
        (await CosimAsync(missing)).MustBeBadInput(
            $"{missing}: it holds no readable manifest.json; a design folder is what hypgcn generate writes. Check the path.");
    }

    [TestCase("null", "it is null; a manifest is an object. Run hypgcn generate again.")]
    [TestCase("{ \"checkpoint\": 1 }", "the key 'checkpoint' is unknown ($.checkpoint, line 1, byte 16); a manifest is what hypgcn generate wrote. Run it again.")]
    [TestCase("{ \"checkpoint_sha256\": \"\", \"configuration\": { \"frames\": 0 } }", "configuration.frames: 0; it must be 1 to 4096. Change it or leave it out for the default.")]
    public async Task RunAsync_DamagedManifest_IsBadInput(string text, string message)
    {
        using var folder = new TemporaryFolder();
        string manifest = folder.File("manifest.json");
        await File.WriteAllTextAsync(manifest, text);
        (await CosimAsync(folder.Path)).MustBeBadInput($"{manifest}: {message}");
    }

    [Test]
    public async Task RunAsync_TooFewLabels_IsBadInput()
    {
        using var folder = new TemporaryFolder();
        string labels = folder.File("l.npy");
        NpyFile.Write(labels, new Tensor("", [2], new long[] { 1, 2 }));
        (await CosimAsync(At("rtl-out/demo"), "--labels", labels)).MustBeBadInput(
            $"{labels}: holds 2 labels for 24 clips; every clip has one. Give the labels of these clips.");
    }

    /// <summary>Its checksum would never end.</summary>
    [Test]
    [Platform("Linux")]
    public async Task RunAsync_CheckpointThatIsADevice_IsBadInput()
    {
        using var demo = new DemoFolder();
        CopyManifest(demo);
        string manifest = Path.Combine(demo.Design, "manifest.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("../../examples/demo/demo.pt", "/dev/zero", StringComparison.Ordinal));
        (await CosimAsync(demo.Design)).MustBeBadInput(
            "/dev/zero: the file has 0 bytes; it must be a file with contents, not a pipe or a device. Check the path.");
    }

    [Test]
    public async Task RunAsync_CheckpointThatChanged_IsBadInput()
    {
        using var demo = new DemoFolder();
        CopyManifest(demo);
        await File.AppendAllTextAsync(demo.Example("demo.pt"), "x");
        (await CosimAsync(demo.Design)).MustBeBadInput(
            $"{demo.Design}: the checkpoint ../../examples/demo/demo.pt has changed since the design was made; they must agree. Run hypgcn generate again.");
    }

    [Test]
    public async Task RunAsync_CheckpointThatIsGone_IsBadInput()
    {
        using var demo = new DemoFolder();
        CopyManifest(demo);
        File.Delete(demo.Example("demo.pt"));
        (await CosimAsync(demo.Design)).MustBeBadInput(
            $"{demo.Design}/../../examples/demo/demo.pt: the file does not exist; it must be there to be read. Check the path.");
    }

    [Test]
    public async Task RunAsync_ClipsOfAnotherLength_IsBadInput()
    {
        using var demo = new DemoFolder();
        CopyManifest(demo);
        string manifest = Path.Combine(demo.Design, "manifest.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"frames\": 32", "\"frames\": 16", StringComparison.Ordinal));
        string clips = At("examples/demo/clips.npy");
        (await CosimAsync(demo.Design)).MustBeBadInput(
            $"{clips}: the clips are [C,T,V,M] = [3, 32, 25, 1] after input skipping 1; the design takes [3, 16, 25, 1]. Give clips of that shape or generate a design for these.");
    }

    [TestCase("--clips", "25", "--clips: 25 is out of range; it lies in 1..24. Give a number in that range.")]
    [TestCase("--first-clip", "24", "--first-clip: 24 is out of range; it lies in 0..23. Give a number in that range.")]
    [TestCase("--time-limit", "NaN", "--time-limit: NaN is out of range; it lies in 1..1000000. Give a number in that range.")]
    [TestCase("--jobs", "0", "--jobs: 0 is out of range; it lies in 1..1024. Give a number in that range.")]
    public async Task RunAsync_NumberOutOfRange_IsBadInput(string option, string value, string message) =>
        (await CosimAsync(At("rtl-out/demo"), option, value)).MustBeBadInput(message);

    [Test]
    public async Task RunAsync_FolderWithoutVerilog_IsBadInput()
    {
        RequiredTools.Check("verilator", "make");
        using var demo = new DemoFolder();
        CopyManifest(demo);
        (await CosimAsync(demo.Design)).MustBeBadInput(
            $"{demo.Design}: filelist_sim.f is missing; a design folder holds it. Check the path or generate the design again.");
    }

    private static Task<CommandRun> CosimAsync(string design, params string[] more) =>
        CommandRun.Of(["cosim", "--design", design, "--input", At("examples/demo/clips.npy"), .. more]);

    private static void CopyManifest(DemoFolder demo)
    {
        Directory.CreateDirectory(demo.Design);
        File.Copy(At("rtl-out/demo/manifest.json"), Path.Combine(demo.Design, "manifest.json"));
    }

    private static string At(string path) => Path.Combine(Repository.Root, path);
}
