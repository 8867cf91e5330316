using Hypgcn.CoSimulation;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.Quantization;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>Whole small accelerators: emitted, linted, simulated, compared.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class AcceleratorCoSimulationTests
{
    private const int Frames = 12;

    private string _folder = "";
    private AcceleratorDesign _design = null!;
    private SmallNetwork _network = null!;

    [OneTimeSetUp]
    public void Emit()
    {
        RequiredTools.Check("verilator", "make");
        _folder = Path.Combine(Directory.CreateTempSubdirectory("hypgcn-accelerator-").FullName, "tiny");
        _network = new SmallNetwork
        {
            Blocks = [(16, 1, ResidualKind.None), (16, 1, ResidualKind.Identity), (32, 2, ResidualKind.Convolution)],
        };
        // Channels that nothing reads are zero, by their bias.
        QuantizedModel model = Quantizer.Quantize(
            UnreadChannelsTests.Without(_network.Build(), 3, 9), [_network.Clip(Frames, 1, 1), _network.Clip(Frames, 1, 2)], Frames, 1, new QuantizerOptions());
        var parameters = new HardwareParameters { Blocks = [new() { DownEngines = 2 }, new(), new() { DownEngines = 3, ResidualEngines = 2, ResidualChannels = 5, ResidualColumns = 4 }] };
        _design = new AcceleratorDesign("tiny", model, parameters);
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(_design, _folder, "{}\n", "hypgcn generate");
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (_folder.Length > 0)
            Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Test]
    public async Task Lint_Emitted_IsClean()
    {
        IReadOnlyList<string> lines = await new VerilatorToolchain().LintAsync(
            CoSimulationDesign.Of(_design, _folder), CancellationToken.None);
        Assert.That(lines, Is.Empty);
    }

    [TestCase(0UL, 0)]
    [TestCase(5UL, 0)]
    [TestCase(0UL, 700)]
    public async Task Run_Emitted_IsExact(ulong seed, int gap)
    {
        var run = new CoSimulationRun(_design, _folder, new VerilatorToolchain()) { Pattern = new PortPattern(seed, gap) };
        CoSimulationResult result = await run.RunAsync(Clips(3), null, null, CancellationToken.None);
        TestContext.Out.WriteLine($"{result}");
        Assert.Multiple(() =>
        {
            Assert.That(result.Hang, Is.Null);
            Assert.That(result.FirstMismatch?.ToString(), Is.Null);
            Assert.That(result.CycleDifferences, Is.Empty);
            Assert.That(result.IsExact, Is.True);
        });
    }

    [Test]
    public async Task Run_SeveralJobs_CountsAllClips()
    {
        var run = new CoSimulationRun(_design, _folder, new VerilatorToolchain()) { Jobs = 2 };
        CoSimulationResult result = await run.RunAsync(Clips(5), null, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(result.Clips, Is.EqualTo(5));
            Assert.That(result.IsExact, Is.True);
        });
    }

    private short[][] Clips(int count) =>
    [
        .. Enumerable.Range(0, count).Select(clip => ClipQuantizer.Quantize(
            _network.Clip(Frames, 1, clip + 1), 3, Frames, _design.Model.Joints, 1,
            _design.Model.Input.ClipFractionBits, _design.Model.FeatureBits)),
    ];
}
