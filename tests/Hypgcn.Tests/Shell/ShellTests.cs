using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Shell;

/// <summary>The AXI shell and its C driver against golden model and cycle model.</summary>
[TestFixture(16, 1)]
[TestFixture(16, 4)]
[TestFixture(8, 1)]
[TestFixture(8, 2)]
[Category("CoSim")]
internal sealed class ShellTests(int bits, int beatValues)
{
    private const int Frames = 6;

    private ShellBuild _build = null!;

    private AcceleratorDesign Design => _build.Design;

    [OneTimeSetUp]
    public void Build()
    {
        RequiredTools.Check("verilator", "make", "g++", "gcc");
        var network = new SmallNetwork { Joints = 4, Blocks = [(5, 1, ResidualKind.None), (5, 1, ResidualKind.Identity)] };
        QuantizedModel model = network.Quantize(Frames, 1, new QuantizerOptions { FeatureBits = bits });
        // FIFOs so small that words are dropped.
        var block = new BlockParameters { SpatialFifoWords = new RfcWords(3, 2, 1, 1) };
        var parameters = new HardwareParameters { Blocks = [block, block], BeatValues = beatValues };
        _build = new ShellBuild(new AcceleratorDesign("tiny", model, parameters));
    }

    [OneTimeTearDown]
    public void Remove() => _build?.Dispose();

    [TestCase(0UL, 0, false)]
    [TestCase(0UL, 0, true)]
    [TestCase(5UL, 0, true)]
    [TestCase(3UL, 100, false)]
    public void Run_PacketsOfAllLengths_IsExact(ulong seed, int gap, bool poll)
    {
        short[][] packets = Packets();
        var pattern = new PortPattern(seed, gap);
        ShellRun run = _build.Run(packets, pattern, poll);
        (ClipTrace[] traces, CyclePrediction prediction) = _build.Predict(packets, pattern);
        MustOpen(run);
        MustGive(run, 0, traces);
        MustCount(run, 0, packets, traces);
        Assert.Multiple(() =>
        {
            int classes = Design.Model.Classes;
            long[] cycles = [.. run.Of("logit", 0).Select(logit => logit[0])];
            Assert.That(run.Of("packet", 0).Select(packet => packet[0]), Is.EqualTo(prediction.FirstInput));
            Assert.That(run.Of("packet", 0).Select(packet => packet[1]), Is.EqualTo(prediction.LastInput));
            Assert.That(cycles.Where((_, n) => n % classes == 0), Is.EqualTo(prediction.FirstOutput));
            Assert.That(cycles.Where((_, n) => n % classes == classes - 1), Is.EqualTo(prediction.LastOutput));
            Assert.That(run.Of("stage", 0), Is.EqualTo(prediction.Stages.Select(stage => new[] { stage.Busy, stage.Blocked })));
            Assert.That(run.Of("counts", 0)[0][0], Is.GreaterThan(prediction.TotalCycles));
        });
    }

    [Test]
    public void Run_AfterResets_IsExactAgain()
    {
        short[][] packets = Packets();
        ShellRun run = _build.Run(packets, new PortPattern(9, 0));
        ClipTrace[] traces = _build.Predict(packets, new PortPattern()).Traces;
        foreach (int phase in new[] { 1, 2 })
        {
            MustGive(run, phase, traces);
            MustCount(run, phase, packets, traces);
        }
        Assert.That(run.Of("reset").Select(reset => reset[0]), Is.EqualTo(new long[] { 0, 0 }));
    }

    [Test]
    public void Run_BeatsWithHoles_IsTheSame()
    {
        if (!_build.Shell.HasInputKeep)
        {
            Assert.Ignore("A beat of one byte has no TKEEP.");
        }
        short[][] packets = [.. Packets(), []];
        ShellRun run = _build.Run(packets, new PortPattern(11, 0), holes: true);
        ClipTrace[] traces = _build.Predict(packets, new PortPattern()).Traces;
        MustGive(run, 0, traces);
        MustCount(run, 0, packets, traces);
    }

    /// <summary>Whole clips, and before and after each kind of a wrong one.</summary>
    private short[][] Packets()
    {
        var random = new Random(77);
        int clip = Design.ClipValues;
        int[] lengths = [clip, clip - 1, clip, clip + 1, clip, 1, 3 * clip, clip + 3, clip - 2, clip / 2, clip];
        int limit = 1 << (bits - 1);
        return [.. lengths.Select(length => Enumerable.Range(0, length).Select(_ => (short)random.Next(-limit / 4, limit / 4)).ToArray())];
    }

    private void MustOpen(ShellRun run)
    {
        QuantizedModel model = Design.Model;
        Assert.That(run.Line("open"), Is.EqualTo("open 0 -3"), "the right hash, and another");
        Assert.That(run.Line("info"), Is.EqualTo(
            $"info {_build.Shell.Registers.Hash:x} {Design.ClipValues} {model.Classes} {model.FeatureBits} {model.Input.ClipFractionBits} "
                + $"{Design.LogitBits} {model.Classifier.FractionBits} {Design.Stages.Count} {Design.FifoNames.Count}"));
        Assert.That(run.Failures, Is.Empty);
    }

    private static void MustGive(ShellRun run, int phase, ClipTrace[] traces)
    {
        long[][] logits = run.Of("logit", phase);
        Assert.That(run.Failures, Is.Empty);
        Assert.That(logits.Select(logit => logit[1]), Is.EqualTo(traces.SelectMany(trace => trace.Logits)), $"logits of phase {phase}");
        int classes = traces[0].Logits.Length;
        Assert.That(logits.Select(logit => logit[2] == 1), Is.EqualTo(logits.Select((_, n) => n % classes == classes - 1)), "TLAST");
    }

    private void MustCount(ShellRun run, int phase, short[][] packets, ClipTrace[] traces)
    {
        long tooShort = packets.Count(packet => packet.Length < Design.ClipValues);
        long tooLong = packets.Count(packet => packet.Length > Design.ClipValues);
        long firstBad = Array.FindIndex(packets, packet => packet.Length != Design.ClipValues);
        long[] dropped = [.. Enumerable.Range(0, Design.FifoNames.Count).Select(fifo => traces.Sum(trace => trace.DroppedWords.Count == 0 ? 0 : trace.DroppedWords[fifo]))];
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("counts", phase)[0][1..], Is.EqualTo(new[] { packets.Length, packets.Length, tooShort, tooLong, firstBad }));
            Assert.That(run.Of("dropped", phase).Select(fifo => fifo[0]), Is.EqualTo(dropped));
            Assert.That(dropped.Sum(), Is.Positive, "the test is of dropped words as well");
            Assert.That(run.Of("status", phase)[0][0], Is.EqualTo(7), "short, long, dropped; no clip open");
            Assert.That(run.Of("cleared", phase)[0][0], Is.Zero);
        });
    }
}
