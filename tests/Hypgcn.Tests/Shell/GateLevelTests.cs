using Hypgcn.Configuration;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Shell;

/// <summary>Accelerators as Xilinx cells: what Yosys makes of them still does what golden model and cycle model say.</summary>
[TestFixture]
[Category("CoSim")]
[Category("Slow")]
internal sealed class GateLevelTests
{
    [Test]
    public void Run_SmallDesign_IsExact()
    {
        var network = new SmallNetwork { Joints = 4, Kernel = 3, Blocks = [(3, 1, ResidualKind.None)] };
        QuantizedModel model = network.Quantize(4, 1, new QuantizerOptions());
        Check(new AcceleratorDesign("tiny", model, new HardwareParameters { Blocks = [new()] }));
    }

    [Test]
    public void Run_Demo_IsExact() =>
        Check(DesignProject.FromConfiguration(Path.Combine(Repository.Root, "examples/demo/accelerator.json")).Design, memoriesAsGates: false);

    private static void Check(AcceleratorDesign design, bool memoriesAsGates = true)
    {
        RequiredTools.Check("verilator", "make", "g++", "gcc", "yosys");
        using var build = new ShellBuild(design, asGates: true, memoriesAsGates);
        var random = new Random(5);
        int limit = 1 << (design.Model.FeatureBits - 3);
        short[][] packets =
        [
            .. new[] { design.ClipValues - 2, design.ClipValues }
                .Select(length => Enumerable.Range(0, length).Select(_ => (short)random.Next(-limit, limit)).ToArray()),
        ];
        ShellRun run = build.Run(packets, new PortPattern());
        (ClipTrace[] traces, CyclePrediction prediction) = build.Predict(packets, new PortPattern());
        int classes = design.Model.Classes;
        long[][] logits = run.Of("logit", 0);
        Assert.Multiple(() =>
        {
            Assert.That(run.Failures, Is.Empty);
            Assert.That(logits.Select(logit => logit[1]), Is.EqualTo(traces.SelectMany(trace => trace.Logits)));
            Assert.That(logits.Where((_, n) => n % classes == 0).Select(logit => logit[0]), Is.EqualTo(prediction.FirstOutput));
            Assert.That(logits.Where((_, n) => n % classes == classes - 1).Select(logit => logit[0]), Is.EqualTo(prediction.LastOutput));
            Assert.That(run.Of("stage", 0), Is.EqualTo(prediction.Stages.Select(stage => new[] { stage.Busy, stage.Blocked })));
        });
    }
}
