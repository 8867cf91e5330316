using Hypgcn.CoSimulation;
using Hypgcn.Hardware;

namespace Hypgcn.Tests.CoSimulation;

[TestFixture]
[Category("CoSim")]
internal sealed class CoSimulatorTests
{
    private readonly CoSimulator _simulator = new(new VerilatorToolchain());

    [OneTimeSetUp]
    public void RequireVerilator() => RequiredTools.Check("verilator", "make");

    [Test]
    public async Task Run_WrongValue_NamesItsPlace()
    {
        CoSimulationResult result = await RunAsync(StubFault.WrongValue);
        Assert.Multiple(() =>
        {
            Assert.That(result.IsExact, Is.False);
            Assert.That(result.Mismatches, Is.EqualTo(1));
            Assert.That(result.Cycles.Difference, Is.Zero);
            Assert.That(result.FirstMismatch!.ToString(), Does.Match(
                @"^block1\.z: clip 0, person 0, frame 1, joint 0, channel 2, cycle 10: is (-?\d+) \(0x[0-9a-f]{4}\); expected (-?\d+) \(0x[0-9a-f]{4}\)$"));
            Assert.That(result.FirstMismatch!.Actual, Is.EqualTo(result.FirstMismatch.Expected + 1));
        });
    }

    [TestCase(8, 0UL, 0)]
    [TestCase(16, 0UL, 0)]
    [TestCase(16, 0UL, 13)]
    [TestCase(16, 1UL, 0)]
    [TestCase(16, 99UL, 5)]
    [TestCase(8, 7UL, 0)]
    public async Task Run_SoundDesign_IsExact(int bits, ulong seed, int gap)
    {
        CoSimulationResult result = await RunAsync(StubFault.None, bits, new PortPattern(seed, gap));
        Assert.Multiple(() =>
        {
            Assert.That(result.FirstMismatch?.ToString(), Is.Null);
            Assert.That(result.CycleDifferences, Is.Empty);
            Assert.That(result.IsExact, Is.True);
            Assert.That(result.BoundariesChecked, Is.EqualTo(3 * 2 * 4));
            Assert.That(result.DroppedWords, Is.EqualTo(StubDesign.DroppedWords));
            if (seed == 0)
                Assert.That(result.IntervalCycles, Is.EqualTo(12 + Math.Max(2, gap)));
        });
    }

    [Test]
    public async Task Run_LateOutput_IsACycleDifference()
    {
        CoSimulationResult result = await RunAsync(StubFault.LateOutput, clips: 2);
        // Total, first and last output of the second clip; nothing else follows.
        Assert.Multiple(() =>
        {
            Assert.That(result.Mismatches, Is.Zero);
            Assert.That(result.Cycles, Is.EqualTo(new CycleCounts(28, 29, 3)));
            Assert.That(result.CycleDifferences, Has.Member(new CycleDifference("clip 1 last output", 27, 28)));
            Assert.That(result.IsExact, Is.False);
        });
    }

    [Test]
    public async Task Run_DropsThatTheModelDoesNotKnow_AreFound()
    {
        using var stub = new StubDesign();
        CoSimulationJob job = stub.Job();
        CoSimulationResult result = await _simulator.RunAsync(
            stub.Design, job with { Traces = [.. job.Traces.Select(trace => trace with { DroppedWords = [2] })] },
            new SimulationOptions(), null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(result.IsExact, Is.False);
            Assert.That((result.DroppedWords, result.PredictedDroppedWords), Is.EqualTo((StubDesign.DroppedWords, 6)));
            Assert.That(result.DropDifferences, Is.EqualTo(new[] { new CycleDifference("block1.spatial_fifo dropped words", 6, StubDesign.DroppedWords) }));
        });
    }

    [Test]
    public async Task Run_StuckInput_ReportsTheHang()
    {
        CoSimulationResult result = await RunAsync(
            StubFault.StuckInput, options: new SimulationOptions { IdleLimitCycles = 1000 });
        Assert.Multiple(() =>
        {
            Assert.That(result.IsExact, Is.False);
            Assert.That(result.Hang, Does.StartWith("stopped after "));
            Assert.That(result.Hang, Does.Contain("input 15 of 36 values, last moved in cycle 16, a value is offered and not accepted"));
            Assert.That(result.Hang, Does.Contain("boundary 1 5 banks, last moved in cycle 18"));
            Assert.That(result.Mismatches, Is.EqualTo((2 * (12 - 5)) + 4));
            Assert.That(result.LatencyCycles, Is.Null);
        });
    }

    [TestCase(StubFault.ExtraBank, MismatchKind.Extra, "block1.z")]
    [TestCase(StubFault.HotZero, MismatchKind.HotCode, "x0")]
    [TestCase(StubFault.EarlyLast, MismatchKind.Last, "logits")]
    public async Task Run_FaultyStream_IsFound(StubFault fault, MismatchKind kind, string boundary)
    {
        CoSimulationResult result = await RunAsync(fault, clips: 2);
        Assert.Multiple(() =>
        {
            Assert.That(result.Mismatches, Is.Positive);
            Assert.That(result.FirstMismatch!.Kind, Is.EqualTo(kind));
            Assert.That(result.FirstMismatch!.Boundary, Is.EqualTo(boundary));
        });
    }

    [Test]
    public async Task Run_LogitAfterTheLast_IsExtra()
    {
        CoSimulationResult result = await RunAsync(StubFault.ExtraLogit, clips: 1);
        Assert.That(result.FirstMismatch?.Kind, Is.EqualTo(MismatchKind.Extra));
    }

    [Test]
    public async Task Run_ResetSeeds_AgreeExactly()
    {
        foreach (int seed in new[] { 1, 2, 12345 })
        {
            CoSimulationResult result = await RunAsync(StubFault.None, options: new SimulationOptions { ResetSeed = seed });
            Assert.That(result.IsExact, Is.True, $"seed {seed}");
        }
    }

    [Test]
    public async Task Run_MissingMemoryImage_Fails()
    {
        using var stub = new StubDesign();
        File.Delete(Path.Combine(stub.Folder, "mem", "offset.mem"));
        HypgcnException problem = (await Assert.ThrowsAsync<HypgcnException>(() => _simulator.RunAsync(
            stub.Design, stub.Job(), new SimulationOptions(), null, CancellationToken.None)))!;
        Assert.That(problem.Message, Is.EqualTo(
            $"{stub.Folder}: 1 memory image(s) are missing: mem/offset.mem; the Verilog reads them when it starts. Generate the design again."));
    }

    [Test]
    public async Task Run_MemoryImageGoneAfterBuild_Fails()
    {
        using var stub = new StubDesign();
        SimulationBuild build = await new VerilatorToolchain().BuildAsync(stub.Design, TraceFormat.None, CancellationToken.None);
        File.Delete(Path.Combine(stub.Folder, "mem", "offset.mem"));
        ToolException problem = (await Assert.ThrowsAsync<ToolException>(() => _simulator.RunAsync(
            stub.Design, build, stub.Job(), new SimulationOptions(), null, CancellationToken.None)))!;
        // What stands between the colon and the semicolon are Verilator's words.
        Assert.That(problem.Message, Does.Match("^simulation: the model warned: %Warning: .*offset\\.mem.*; a run must be silent\\. Generate the design again\\.$"));
    }

    [Test]
    public async Task Run_Trace_WritesTheWindow()
    {
        using var stub = new StubDesign();
        string path = Path.Combine(stub.Folder, "waves.vcd");
        CoSimulationResult result = await _simulator.RunAsync(
            stub.Design, stub.Job(), new SimulationOptions { Trace = new TraceWindow(path, 4, 6) }, null, CancellationToken.None);
        string[] times = [.. File.ReadLines(path).Where(line => line.StartsWith('#'))];
        Assert.Multiple(() =>
        {
            Assert.That(result.IsExact, Is.True);
            Assert.That(times, Is.EqualTo(new[] { "#40", "#45", "#50", "#55", "#60", "#65" }));
        });
    }

    [Test]
    public async Task Run_ChunksCombined_CountEverything()
    {
        using var stub = new StubDesign();
        CoSimulationJob job = stub.Job() with { Labels = [0, 1, 0] };
        CoSimulationResult one = await _simulator.RunAsync(stub.Design, job, new SimulationOptions(), null, CancellationToken.None);
        CoSimulationResult all = CoSimulationResult.Combine([one, one]);
        Assert.Multiple(() =>
        {
            Assert.That(all.Clips, Is.EqualTo(6));
            Assert.That(all.BoundariesChecked, Is.EqualTo(2 * one.BoundariesChecked));
            Assert.That(all.Cycles.Simulated, Is.EqualTo(2 * one.Cycles.Simulated));
            Assert.That(all.Top1, Is.EqualTo(one.Top1));
            Assert.That(all.IsExact, Is.True);
        });
    }

    private async Task<CoSimulationResult> RunAsync(
        StubFault fault, int bits = 16, PortPattern? pattern = null, int clips = 3, SimulationOptions? options = null)
    {
        using var stub = new StubDesign(bits, fault);
        return await _simulator.RunAsync(
            stub.Design, stub.Job(clips, pattern), options ?? new SimulationOptions(), null, CancellationToken.None);
    }
}
