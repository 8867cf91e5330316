using System.Globalization;
using System.Text.Json;
using Hypgcn.Configuration;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

/// <summary>The trained ten-block networks on real clips, from checkpoint to proof with the commands a user gives.</summary>
[TestFixture]
[Category("SharedData")]
[Category("CoSim")]
[Category("Slow")]
internal sealed class FullSizeTests
{
    private static readonly string[] Ucla = ["data/nwucla_calibration_clips.npy", "data/nwucla_test_clips.npy"];
    private static readonly string[] Ntu = ["data/ntu/ntu_clips.npy", "data/ntu/ntu_clips.npy"];

    [TestCase("dense", 16, 3544, 0UL)]
    [TestCase("pruned", 16, 2000, 7UL)]
    [TestCase("pruned", 8, 1000, 0UL)]
    public Task Cosim_NwUcla_IsExact(string name, int blockBits, int multipliers, ulong stall) =>
        CheckAsync($"data/agcn_nwucla_{name}.pt", Ucla, 32, 1, blockBits, multipliers, clips: 3, stall);

    [Test]
    public Task Cosim_TwoPersonsOf300Frames_IsExact() =>
        CheckAsync("data/agcn_nwucla_dense.pt", Ntu, 300, 2, 16, 3544, clips: 1, stall: 0);

    private static async Task CheckAsync(
        string checkpoint, string[] input, int frames, int persons, int blockBits, int multipliers, int clips, ulong stall)
    {
        RequiredTools.Check("verilator", "make");
        using var folder = new TemporaryFolder();
        var (config, design) = (folder.File("accelerator.json"), folder.File("design"));
        ConfigurationFile.Write(config, new AcceleratorConfiguration
        {
            Checkpoint = SharedData.Path(checkpoint),
            Frames = frames,
            Persons = persons,
            BlockFeatureBits = [blockBits],
            Hardware = new HardwareConfiguration { Multipliers = multipliers },
        });
        await MustSucceedAsync("quantize", "--config", config, "--calibrate", SharedData.Path(input[0]));
        await MustSucceedAsync("generate", "--config", config, "--out", design);
        var json = await MustSucceedAsync(
            "cosim", "--design", design, "--input", SharedData.Path(input[1]), "--clips", clips.ToString(CultureInfo.InvariantCulture),
            "--stall", stall.ToString(CultureInfo.InvariantCulture));

        TestContext.Out.WriteLine(json);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.GetProperty("mismatches").GetInt64(), Is.Zero);
            Assert.That(json.GetProperty("cycles").GetProperty("difference").GetInt64(), Is.Zero);
            Assert.That(json.GetProperty("dropped_words").GetInt64(), Is.Zero);
        }
    }

    private static async Task<JsonElement> MustSucceedAsync(params string[] arguments)
    {
        var run = await CommandRun.Of([.. arguments, "--json"]);
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        return run.Json();
    }
}
