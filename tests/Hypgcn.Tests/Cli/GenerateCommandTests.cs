using System.Text.Json;

namespace Hypgcn.Tests.Cli;

[TestFixture]
internal sealed class GenerateCommandTests
{
    /// <summary>Headers of generated files name the command, and are ASCII.</summary>
    [Test]
    public async Task RunAsync_NamesThatAreNotAscii_AreReplacedInHeaders()
    {
        using var demo = new DemoFolder();
        string config = demo.Example("ü x.json");
        File.Copy(demo.Configuration, config);
        CommandRun run = await CommandRun.Of("generate", "--config", config, "--out", demo.Design + " ä ");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(File.ReadAllText(Path.Combine(demo.Design + " ä ", "rtl", "demo.v")), Does.Contain("hypgcn generate --config ??x.json --out demo???"));
    }

    [Test]
    public async Task RunAsync_Demo_IsTheCommittedDesign()
    {
        using var demo = new DemoFolder();
        CommandRun run = await demo.GenerateAsync("--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        demo.MustHoldTheCommittedDesign();
        MustHaveTheKeys(run.Json(), demo.Design);
    }

    [Test]
    public async Task RunAsync_UnknownKey_IsBadInputAndWritesNothing()
    {
        using var demo = new DemoFolder();
        demo.Edit("\"skip\": 1", "\"skips\": 1");
        (await demo.GenerateAsync()).MustBeBadInput(
            $"{demo.Configuration}: the key 'skips' is unknown ($.skips, line 8, byte 11); a configuration is the JSON of docs/accelerator.schema.json. Compare with it.");
        Assert.That(Directory.Exists(demo.Design), Is.False);
    }

    [Test]
    public async Task RunAsync_ParametersOutOfRange_ListsAll()
    {
        using var demo = new DemoFolder();
        demo.Edit("\"density_percent\": 60", "\"density_percent\": 0");
        demo.Edit("\"clock_mhz\": 172", "\"clock_mhz\": 0");
        (await demo.GenerateAsync()).MustBeBadInput(
            $"{demo.Configuration}: clock_mhz: 0; it must be 1 to 1000. Change it or leave it out for the default. "
            + $"{demo.Configuration}: hardware.density_percent: 0; it must be 1 to 100. Change it or leave it out for the default.");
    }

    [Test]
    public async Task RunAsync_LanesThatDoNotFitTheNetwork_ListsAll()
    {
        using var demo = new DemoFolder();
        demo.Edit("\"defaults\": {}", "\"defaults\": { \"joint_lanes\": 26, \"array_channels\": 1000, \"spatial_finish\": 1 }");
        demo.Edit("\"blocks\": []", "\"pool_width\": 1, \"blocks\": [{ \"array_channels\": 1 }]");
        (await demo.GenerateAsync()).MustBeBadInput(string.Join(
            ' ',
            Wrong(0, "joint_lanes", 26, 25),
            Wrong(1, "joint_lanes", 26, 25),
            Wrong(1, "array_channels", 1000, 16),
            Wrong(2, "joint_lanes", 26, 25),
            Wrong(2, "array_channels", 1000, 32)));
        Assert.That(Directory.Exists(demo.Design), Is.False);

        static string Wrong(int block, string parameter, int value, int most) =>
            $"hardware.blocks[{block}].{parameter} is {value}; it must be 1 to {most}. Choose a value in that range.";
    }

    [Test]
    public async Task RunAsync_BudgetTooSmall_SaysWhatIsMissing()
    {
        using var demo = new DemoFolder();
        demo.Edit("\"multipliers\": 384", "\"multipliers\": 3");
        (await demo.GenerateAsync()).MustBeBadInput("multipliers: the budget is 3; the network needs at least 14. Raise the budget by 11.");
    }

    [TestCase("module", "it is a keyword of Verilog")]
    [TestCase("Logic", "it is a keyword of Verilog")]
    [TestCase("pool", "a primitive has this name")]
    public async Task RunAsync_NameThatIsTaken_IsBadInput(string name, string why)
    {
        using var demo = new DemoFolder();
        demo.Edit("\"name\": \"demo\"", $"\"name\": \"{name}\"");
        (await demo.GenerateAsync()).MustBeBadInput(
            $"name: '{name.ToLowerInvariant()}'; {why}, and the top module needs its own. Choose another name.");
        Assert.That(Directory.Exists(demo.Design), Is.False);
    }

    [Test]
    public async Task RunAsync_TooManyBlocks_IsBadInput()
    {
        using var demo = new DemoFolder();
        demo.Edit("\"blocks\": []", "\"blocks\": [{}, {}, {}, {}]");
        (await demo.GenerateAsync()).MustBeBadInput(
            "hardware.blocks: 4 entries; the network has 3 blocks. Remove the entries beyond.");
    }

    private static void MustHaveTheKeys(JsonElement json, string design)
    {
        Assert.That(json.GetProperty("design").GetString(), Is.EqualTo(design));
        foreach (string key in new[] { "dsp", "bram36", "lut", "ff", "interval_cycles", "latency_cycles" })
        {
            Assert.That(json.GetProperty(key).GetDouble(), Is.Positive, key);
        }
        JsonElement rfc = json.GetProperty("rfc");
        Assert.That(rfc.GetProperty("bits").GetInt64(), Is.LessThan(rfc.GetProperty("lossless_bits").GetInt64()));
        Assert.That(rfc.GetProperty("uncompressed_bits").GetInt64(), Is.Positive);
        Assert.That(rfc.GetProperty("fifos").GetArrayLength(), Is.EqualTo(8));
        Assert.That(json.GetProperty("latency_cycles").GetInt64(), Is.GreaterThan(json.GetProperty("interval_cycles").GetInt64()));
    }
}
