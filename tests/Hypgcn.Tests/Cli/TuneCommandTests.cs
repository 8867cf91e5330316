using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypgcn.Configuration;

namespace Hypgcn.Tests.Cli;

[TestFixture]
internal sealed class TuneCommandTests
{
    /// <summary>What tuning says of a design is what generate makes of its configuration.</summary>
    [Test]
    public async Task RunAsync_Demo_WritesAConfigurationThatGenerateTakes()
    {
        using var demo = new DemoFolder();
        string tuned = Path.Combine(Directory.CreateDirectory(demo.Example("sub")).FullName, "tuned.json");
        string front = demo.Example("front.csv");
        CommandRun run = await Tune(demo, tuned, "--device", "xczu7ev", "--dsp", "300", "--front", front, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement said = run.Json();
        CommandRun generated = await CommandRun.Of("generate", "--config", tuned, "--out", demo.Design, "--json");
        Assert.That(generated.ExitCode, Is.Zero, generated.Error);
        Assert.Multiple(() =>
        {
            foreach (string key in new[] { "dsp", "bram36", "lut", "ff" })
            {
                Assert.That(said.GetProperty(key).GetDouble(), Is.EqualTo(generated.Json().GetProperty(key).GetDouble()), key);
            }

            Assert.That(said.GetProperty("dsp").GetDouble(), Is.InRange(200, 300));
            Assert.That(said.GetProperty("binding").EnumerateArray().Select(name => name.GetString()), Does.Contain("dsp"));
            Assert.That(said.GetProperty("interval_cycles").GetInt64(), Is.GreaterThan(said.GetProperty("proven_cycles").GetInt64() / 2));
            Assert.That(said.GetProperty("units").GetArrayLength(), Is.GreaterThan(15));
            Assert.That(ConfigurationFile.Read(tuned).Part, Is.EqualTo("xczu7ev-ffvc1156-2-e"));
            Assert.That(File.ReadAllLines(front)[0], Is.EqualTo("dsp,bram36,lut,ff,bound_cycles,interval_cycles"));
            Assert.That(File.ReadAllLines(front), Has.Length.EqualTo(said.GetProperty("front").GetArrayLength() + 2));
        });
    }

    [Test]
    public async Task RunAsync_Demo_PrintsAsText()
    {
        using var demo = new DemoFolder();
        CommandRun run = await Tune(demo, demo.Example("tuned.json"), "--device", "xcku115", "--fps", "500", "--clock", "100", "--clips", "1");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("clips/s at 100 MHz").And.Contain("block3.residual").And.Contain("Pareto front").And.Contain("next: hypgcn generate --config "));
        Assert.That(ConfigurationFile.Read(demo.Example("tuned.json")).ClockMhz, Is.EqualTo(100));
    }

    [Test]
    public async Task RunAsync_Alternative_TakesTheBetterOne()
    {
        using var demo = new DemoFolder();
        string other = demo.Example("other.json");
        File.WriteAllText(other, File.ReadAllText(demo.Configuration).Replace("\"name\": \"demo\"", "\"name\": \"other\"", StringComparison.Ordinal));
        CommandRun run = await Tune(demo, demo.Example("tuned.json"), "--dsp", "300", "--clips", "1", "--alternative", other, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Json().GetProperty("from").GetString(), Is.EqualTo(demo.Configuration));
    }

    /// <summary>What 16 bits cannot reach within the limits, some blocks of 8 bits do; the configuration has their formats.</summary>
    [Test]
    public async Task RunAsync_Narrow_MakesBlocksNarrowForTheTarget()
    {
        using var demo = new DemoFolder();
        string tuned = demo.Example("tuned.json");
        string[] request = ["--dsp", "100", "--clips", "1", "--fps", "3500", "--clock", "200", "--json"];
        CommandRun wide = await Tune(demo, tuned, request);
        Assert.That(wide.ExitCode, Is.Not.Zero);
        Assert.That(wide.Error, Does.Contain("hypgcn: --fps: 3500 clips/s at 200 MHz leave 57142 cycles for a clip; that takes at least "));
        CommandRun run = await Tune(demo, tuned, [.. request, "--narrow", demo.Example("clips.npy")]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        int[] bits = [.. run.Json().GetProperty("block_feature_bits").EnumerateArray().Select(value => value.GetInt32())];
        Assert.That(bits, Does.Contain(8).And.Contain(16));
        Assert.That(run.Json().GetProperty("interval_cycles").GetInt64(), Is.LessThanOrEqualTo(57142));
        Assert.That(ConfigurationFile.Read(tuned).BlockFeatureBits, Is.EqualTo(bits));
        CommandRun generated = await CommandRun.Of("generate", "--config", tuned, "--out", demo.Design, "--json");
        Assert.That(generated.ExitCode, Is.Zero, generated.Error);
        Assert.That(generated.Json().GetProperty("dsp").GetDouble(), Is.EqualTo(run.Json().GetProperty("dsp").GetDouble()));
    }

    [Test]
    public async Task RunAsync_NarrowWithoutATarget_IsBadInput()
    {
        using var demo = new DemoFolder();
        (await Tune(demo, demo.Example("tuned.json"), "--narrow", demo.Example("clips.npy"))).MustBeBadInput(
            "--narrow: it takes a target and one configuration; without a target every block would have 8 bits, and an alternative has widths of its own. Give --fps and no --alternative.");
    }

    [Test]
    public async Task RunAsync_AlternativeOfAnotherNetwork_SaysSo()
    {
        using var demo = new DemoFolder();
        string other = demo.Example("other.json");
        File.WriteAllText(other, File.ReadAllText(demo.Configuration).Replace("\"stream\": \"joint\"", "\"stream\": \"bone\"", StringComparison.Ordinal));
        (await Tune(demo, demo.Example("tuned.json"), "--alternative", other)).MustBeBadInput(
            $"{other}: its checkpoint, graph, stream, frames, skip or persons are not those of {demo.Configuration}; an alternative is the same network in other formats. Quantize the same configuration.");
    }

    [Test]
    public async Task RunAsync_DeviceTooSmall_SaysByHowMuchAndWritesNothing()
    {
        using var demo = new DemoFolder();
        (await Tune(demo, demo.Example("tuned.json"), "--dsp", "5")).MustBeBadInput(
            "--dsp: the limit is 5 DSP; the network needs at least 11 DSP, however long a clip may take. Raise it by 6 DSP or prune the network.");
        Assert.That(File.Exists(demo.Example("tuned.json")), Is.False);
    }

    [Test]
    public async Task RunAsync_TooFewFlipFlops_SaysSo()
    {
        using var demo = new DemoFolder();
        string device = demo.Example("mine.json");
        File.WriteAllText(device, """{ "name": "mine", "part": "p", "dsp": 500, "bram36": 500, "lut": 100000, "ff": 1000, "source": "none" }""");
        CommandRun run = await Tune(demo, demo.Example("tuned.json"), "--device", device, "--clips", "1");
        // The count follows the coefficients of the resource model.
        string count = Regex.Match(run.Error, @"takes (\d+) flip-flops").Groups[1].Value;
        double percent = Math.Ceiling(100 * (1 - (1000 / double.Parse(count, CultureInfo.InvariantCulture))));
        run.MustBeBadInput(
            $"mine: the design takes {count} flip-flops, and the device has 1000; they are not searched for, but follow DSP blocks and LUTs. Lower --dsp or --lut by {percent:0} %.");
    }

    [Test]
    public async Task RunAsync_TooFewLutsCanBeMemory_SaysSo()
    {
        using var demo = new DemoFolder();
        string device = demo.Example("mine.json");
        File.WriteAllText(device, """{ "name": "mine", "part": "p", "dsp": 500, "bram36": 500, "lut": 100000, "lut_ram": 100, "ff": 200000, "source": "none" }""");
        CommandRun run = await Tune(demo, demo.Example("tuned.json"), "--device", device, "--clips", "1");
        string count = Regex.Match(run.Error, @"takes (\d+) LUTs that are memory").Groups[1].Value;
        double percent = Math.Ceiling(100 * (1 - (100 / double.Parse(count, CultureInfo.InvariantCulture))));
        run.MustBeBadInput(
            $"mine: the design takes {count} LUTs that are memory, and the device has 100; they are not searched for, but follow LUTs. Lower --lut by {percent:0} %.");
        Assert.That(File.Exists(demo.Example("tuned.json")), Is.False);
    }

    [TestCase("--dsp", "0", "--dsp: 0 is out of range; it lies in 1..1000000000. Give a number in that range.")]
    [TestCase("--fill", "101", "--fill: 101 is out of range; it lies in 1..100. Give a number in that range.")]
    [TestCase("--fps", "0", "--fps: 0 is out of range; it lies in 1E-06..1000000000. Give a number in that range.")]
    [TestCase("--refine", "-1", "--refine: -1 is out of range; it lies in 0..1000. Give a number in that range.")]
    [TestCase("--candidates", "5", "--candidates: 5 is out of range; it lies in 1..4. Give a number in that range.")]
    [TestCase("--clock", "1001", "--clock: 1001 is out of range; it lies in 1..1000. Give a number in that range.")]
    public async Task RunAsync_OptionOutOfRange_IsBadInput(string option, string value, string message)
    {
        using var demo = new DemoFolder();
        (await Tune(demo, demo.Example("tuned.json"), option, value)).MustBeBadInput(message);
    }

    [Test]
    public async Task RunAsync_ClipsOfAnotherShape_AreBadInput()
    {
        using var demo = new DemoFolder();
        demo.Edit("\"skip\": 1", "\"skip\": 2");
        (await Tune(demo, demo.Example("tuned.json"))).MustBeBadInput(
            $"{demo.Example("clips.npy")}: the clips have 16 frames after input skipping 2 and 1 person(s); the design takes 32 and 1. Give clips of that shape.");
    }

    [Test]
    public async Task RunAsync_OutThatCannotBeWritten_IsBadInput()
    {
        using var demo = new DemoFolder();
        string path = demo.Example(Path.Combine("nowhere", "x.csv"));
        (await Tune(demo, demo.Example("tuned.json"), "--clips", "1", "--front", path)).MustBeBadInput(
            $"{path}: the file cannot be written (Could not find a part of the path '{path}'); the folder must exist and be writable. Choose another path.");
    }

    private static Task<CommandRun> Tune(DemoFolder demo, string path, params string[] more) =>
        CommandRun.Of(["tune", "--config", demo.Configuration, "--input", demo.Example("clips.npy"), "--out", path, .. more]);
}
