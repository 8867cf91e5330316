using Hypgcn.CoSimulation;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>RFC FIFOs that are too small: what is dropped is flagged, counted and the same in all models.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class DroppedWordsTests
{
    private const int Frames = 9;

    private TemporaryFolder _folder = null!;
    private AcceleratorDesign _design = null!;
    private AcceleratorDesign _lossless = null!;
    private short[][] _clips = null!;
    private string _path = "";

    [OneTimeSetUp]
    public void Emit()
    {
        RequiredTools.Check("verilator", "make");
        _folder = new TemporaryFolder();
        // Each reader behind each kind of FIFO: identities, convolutions with and without a stride.
        var network = new SmallNetwork
        {
            Kernel = 3, Blocks = [(20, 1, ResidualKind.None), (20, 1, ResidualKind.Identity), (32, 2, ResidualKind.Convolution)],
        };
        QuantizedModel model = network.Quantize(Frames, 2, new QuantizerOptions());
        var block = new BlockParameters { ArrayChannels = 4, SpatialFinish = 4, DownChannels = 4, TemporalColumns = 6, TemporalGroups = 4, MiddleFifoFrames = 2 };
        var small = block with
        {
            SpatialFifoWords = new RfcWords(20, 14, 8, 1), MiddleFifoWords = new RfcWords(18, 16, 9, 3), ResidualFifoWords = new RfcWords(21, 12, 5, 2),
        };
        // x0 has three channels: one word at most. In the last block one FIFO loses nothing.
        var first = small with { SpatialFifoWords = new RfcWords(12, 1, 1, 1) };
        var last = small with { SpatialFifoWords = null };
        _design = new AcceleratorDesign("dropping", model, new HardwareParameters { Blocks = [first, small, last] });
        _lossless = new AcceleratorDesign("dropping", model, new HardwareParameters { Blocks = [block, block, block] });
        _path = _folder.File("dropping");
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(_design, _path, "{}\n", "hypgcn generate");
        _clips = [.. Enumerable.Range(1, 4).Select(seed => ClipQuantizer.Quantize(model, network.Clip(Frames, 2, seed)))];
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [Test]
    public async Task Lint_WindowCounters_AreClean() => Assert.That(
        await new VerilatorToolchain().LintAsync(CoSimulationDesign.Of(_design, _path), CancellationToken.None), Is.Empty);

    [TestCase(0UL, 0)]
    [TestCase(3UL, 0)]
    [TestCase(8UL, 300)]
    public async Task Run_SmallFifos_IsExactAndCounted(ulong seed, int gap)
    {
        CoSimulationResult result = await RunAsync(_design, new PortPattern(seed, gap));
        Assert.Multiple(() =>
        {
            Assert.That(result.Hang, Is.Null);
            Assert.That(result.FirstMismatch?.ToString(), Is.Null);
            Assert.That(result.CycleDifferences, Is.Empty);
            Assert.That(result.DropDifferences, Is.Empty);
            Assert.That(result.IsExact);
            Assert.That(result.DroppedWords, Is.EqualTo(result.PredictedDroppedWords));
        });
        Assert.That(result.DroppedWords, Is.GreaterThan(500));
    }

    [Test]
    public void Traces_SmallFifos_DropInEveryFifoThatCan()
    {
        var traces = new ClipSequence(new IntegerNetwork(_design.Model), _design.RfcRules).Run(_clips);
        var dropped = _design.FifoNames.Select((name, fifo) => (Name: name, Words: traces.Sum(trace => trace.DroppedWords[fifo])));
        Assert.That(dropped.Where(fifo => fifo.Words == 0).Select(fifo => fifo.Name), Is.EqualTo(new[] { "block3.spatial_fifo" }));
    }

    [Test]
    public async Task Run_GoldenModelWithoutDrops_IsFound()
    {
        CoSimulationResult result = await RunAsync(_lossless, new PortPattern());
        Assert.Multiple(() =>
        {
            Assert.That(result.IsExact, Is.False);
            Assert.That(result.FirstMismatch?.Boundary, Does.StartWith("block1."), "the first that has small FIFOs");
            Assert.That(result.Cycles.Difference, Is.Positive, "the engines skip what was dropped");
            Assert.That(result.DroppedWords, Is.Positive);
            Assert.That(result.DropDifferences.Select(difference => difference.Name), Does.Contain("block1.spatial_fifo dropped words"));
        });
    }

    [Test]
    public async Task Run_WindowThatForgetsAFrameTooEarly_IsFound()
    {
        string folder = _folder.File("forgets");
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(_design, folder, "{}\n", "hypgcn generate");
        string file = Directory.GetFiles(folder, "rfc_fifo.v", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace(".WINDOW(WINDOW)", ".WINDOW(WINDOW - 1)", StringComparison.Ordinal));
        var run = new CoSimulationRun(_design, folder, new VerilatorToolchain());
        CoSimulationResult result = await run.RunAsync(_clips, null, null, CancellationToken.None);
        Assert.That((result.IsExact, result.DropDifferences.Count > 0), Is.EqualTo((false, true)));
    }

    private async Task<CoSimulationResult> RunAsync(AcceleratorDesign design, PortPattern pattern)
    {
        var run = new CoSimulationRun(design, _path, new VerilatorToolchain()) { Pattern = pattern };
        CoSimulationResult result = await run.RunAsync(_clips, null, null, CancellationToken.None);
        TestContext.Out.WriteLine($"{result.DroppedWords} dropped, {result.FirstMismatch}; {string.Join("; ", result.CycleDifferences)}");
        return result;
    }
}
