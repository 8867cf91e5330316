using Hypgcn.CoSimulation;
using Hypgcn.Cycles;
using Hypgcn.Emission;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Exploration;

/// <summary>The interval that tuning promises is that of the Verilog.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class TunedCoSimulationTests
{
    private const int Frames = 12;

    // One clip over and over, and three that differ, each once.
    [TestCase(1)]
    [TestCase(3)]
    public async Task Tune_Small_CoSimulatedIntervalIsTheTunedOne(int count)
    {
        RequiredTools.Check("verilator", "make");
        var folder = Directory.CreateTempSubdirectory("hypgcn-tuned-").FullName;
        try
        {
            var network = new SmallNetwork { Blocks = [(16, 1, ResidualKind.None), (16, 1, ResidualKind.Identity), (32, 2, ResidualKind.Convolution)] };
            QuantizedModel model = network.Quantize(Frames, 1, new QuantizerOptions());
            var least = new AcceleratorDesign("tuned", model, new HardwareParameters { Blocks = [new(), new(), new()], PoolWidth = 1 });
            short[][] clips = [.. Enumerable.Range(1, count).Select(seed => ClipQuantizer.Quantize(model, network.Clip(Frames, 1, seed)))];
            ClipActivity[] activity = [.. clips.Select(clip => ClipActivity.Of(model, new IntegerNetwork(model).Run(clip)))];
            var tuned = Tuner.Measure([least], activity, new TuneLimits(100, 100, 10000)).Tune(new TuneRequest(new TuneLimits(60), 100));

            new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(tuned.Design, Path.Combine(folder, "tuned"), "{}\n", "hypgcn generate");
            var run = new CoSimulationRun(tuned.Design, Path.Combine(folder, "tuned"), new VerilatorToolchain());
            CoSimulationResult result = await run.RunAsync(count == 1 ? [clips[0], clips[0], clips[0]] : clips, null, null, CancellationToken.None);
            Assert.That(result.IsExact, Is.True);
            Assert.That(result.IntervalCycles, Is.EqualTo(tuned.LastIntervalCycles));
            if (count == 1)
            {
                Assert.That(tuned.LastIntervalCycles, Is.EqualTo(tuned.IntervalCycles));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
