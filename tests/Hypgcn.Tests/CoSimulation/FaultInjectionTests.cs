using System.Globalization;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>Whether co-simulation catches what could be wrong with the hardware: one fault at a time in an emitted folder.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class FaultInjectionTests
{
    private const int Frames = 6;

    private TemporaryFolder _folder = null!;
    private AcceleratorDesign _design = null!;
    private SmallNetwork _network = null!;

    [OneTimeSetUp]
    public void Emit()
    {
        RequiredTools.Check("verilator", "make");
        _folder = new TemporaryFolder();
        _network = new SmallNetwork { Kernel = 3, Blocks = [(16, 1, ResidualKind.None)] };
        QuantizedModel model = _network.Quantize(Frames, 1, new QuantizerOptions());
        // More columns than a row has non-zeros: the shortest pass decides.
        var block = new BlockParameters { ArrayChannels = 4, SpatialFinish = 4, DownChannels = 4, TemporalColumns = 18, TemporalGroups = 1 };
        _design = new AcceleratorDesign("faulty", model, new HardwareParameters { Blocks = [block] });
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [Test]
    public async Task Run_WithoutFault_IsExact()
    {
        CoSimulationResult result = await RunAsync(_ => { });
        Assert.That(result.IsExact, $"{result}");
    }

    [Test]
    public async Task Run_BitOfASpatialWeight_IsFoundAtItsBlockAndNamed()
    {
        CoSimulationResult result = await RunAsync(folder => FlipBit(folder, "block1_array.mem", 0, (2 * 16) + 13));
        Mismatch? first = result.FirstMismatch;
        Assert.That(first, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(result.IsExact, Is.False);
            Assert.That((first!.Boundary, first.Kind, first.Block, first.Person), Is.EqualTo(("block1.z", MismatchKind.Value, 1, 0)));
            Assert.That(first.Channel, Is.EqualTo(2), "the lane whose weight is wrong");
            Assert.That(first.Frame, Is.InRange(0, Frames - 1));
            Assert.That(first.Joint, Is.InRange(0, _network.Joints - 1));
            Assert.That(first.Cycle, Is.Positive);
            Assert.That(first.Actual, Is.Not.EqualTo(first.Expected));
            Assert.That(first.ToString(), Does.Match(
                @"^block1\.z: clip \d+, person 0, frame \d+, joint \d+, channel 2, cycle \d+: is -?\d+ \(0x[0-9a-f]{4}\); expected -?\d+ \(0x[0-9a-f]{4}\)$"));
        });
    }

    [Test]
    public async Task Run_BitOfATemporalWeight_IsFoundAfterTheTemporalStage()
    {
        CoSimulationResult result = await RunAsync(folder => FlipBit(folder, "block1_temporal.mem", 1, 13));
        Assert.That(result.FirstMismatch?.Boundary, Is.EqualTo("block1.x"));
    }

    [Test]
    public async Task Run_BitOfAClassifierWeight_IsFoundInTheLogits()
    {
        CoSimulationResult result = await RunAsync(folder => FlipBit(folder, "classifier_weight.mem", 0, 13));
        Assert.That(
            (result.FirstMismatch?.Boundary, result.FirstMismatch?.Kind, result.FirstMismatch?.Channel, result.Cycles.Difference),
            Is.EqualTo(("logits", MismatchKind.Logit, 0, 0L)));
    }

    [Test]
    public async Task Run_RoundingConstantWithoutItsHalf_IsFound()
    {
        int half = _design.Blocks[0].Integers.TemporalShift - 1;
        CoSimulationResult result = await RunAsync(folder => FlipBit(folder, "block1_init.mem", 5, half));
        Assert.Multiple(() =>
        {
            Assert.That(result.FirstMismatch?.Boundary, Is.EqualTo("block1.x"));
            Assert.That(result.FirstMismatch?.Channel, Is.EqualTo(5), "one group of lanes: a word is a channel");
            Assert.That(Math.Abs(result.FirstMismatch!.Actual!.Value - result.FirstMismatch.Expected!.Value), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Run_SwappedTaps_IsFound()
    {
        CoSimulationResult result = await RunAsync(folder => EditLines(folder, "block1_schedule.mem", lines => (lines[0], lines[1]) = (lines[1], lines[0])));
        Assert.That(result.FirstMismatch?.Boundary, Is.EqualTo("block1.x"));
    }

    [Test]
    public async Task Run_WordLostInAFifo_IsFound()
    {
        CoSimulationResult result = await RunAsync(folder =>
        {
            Replace(folder, "rfc_mini_bank.v", "  reg [POINTER_BITS-1:0] read_q;\n", "  reg [POINTER_BITS-1:0] read_q;\n  reg lost_q;\n");
            Replace(folder, "rfc_mini_bank.v", "    if (rst_i) begin\n      write_q", "    lost_q <= !rst_i && (lost_q || write_i);\n    if (rst_i) begin\n      write_q");
            Replace(folder, "rfc_mini_bank.v", "      if (write_i) write_q", "      if (write_i && lost_q) write_q");
        });
        Assert.That(result.Mismatches > 0 || result.Hang is not null);
    }

    [Test]
    public async Task Run_PassesOneCycleLonger_DiffersInCyclesOnly()
    {
        CoSimulationResult result = await RunAsync(
            folder => Replace(folder, "row_engine.v", "localparam NEXT_LAST_COUNT = (MIN_CYCLES > 1) ? MIN_CYCLES - 2 : 0;", "localparam NEXT_LAST_COUNT = MIN_CYCLES - 1;"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Mismatches, Is.Zero);
            Assert.That(result.Cycles.Simulated, Is.GreaterThan(result.Cycles.Predicted));
            Assert.That(result.CycleDifferences.Select(difference => difference.Name), Does.Contain("block1.temporal busy").And.Contain("total"));
            Assert.That(result.IsExact, Is.False);
        });
    }

    [Test]
    public async Task Run_CounterThatStartsAtOne_DiffersByOneInEveryStage()
    {
        CoSimulationResult result = await RunAsync(folder => Replace(folder, "stage_counter.v", "busy_o <= 32'd0;", "busy_o <= 32'd1;"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Mismatches, Is.Zero);
            Assert.That(
                result.CycleDifferences.Select(difference => (difference.Name, difference.Simulated - difference.Predicted)),
                Is.EqualTo(_design.Stages.Select(stage => ($"{stage} busy", (long?)1))));
            Assert.That(result.IsExact, Is.False);
        });
    }

    [Test]
    [Category("Slow")]
    public async Task Run_StreamThatStopsForEver_IsAHang()
    {
        CoSimulationResult result = await RunAsync(folder =>
        {
            Replace(folder, "block_fork.v", "assign in_ready_o = ", "assign in_ready_o = 1'b0 && ");
            Replace(folder, "block_fork.v", "assign frame_valid_o = ", "assign frame_valid_o = 1'b0 && ");
        });
        Assert.Multiple(() =>
        {
            Assert.That(result.Hang, Is.Not.Null);
            Assert.That(result.FirstMismatch?.Kind, Is.EqualTo(MismatchKind.Missing));
            Assert.That(result.IsExact, Is.False);
        });
    }

    [Test]
    public async Task Run_StreamThatRepeatsForEver_EndsAndIsFound()
    {
        CoSimulationResult result = await RunAsync(folder => Replace(folder, "block_fork.v", "assign in_ready_o = ", "assign in_ready_o = 1'b0 && "));
        Assert.That((result.FirstMismatch is not null, result.IsExact), Is.EqualTo((true, false)));
    }

    private async Task<CoSimulationResult> RunAsync(Action<string> damage)
    {
        string folder = _folder.File(TestContext.CurrentContext.Test.ID);
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(_design, folder, "{}\n", "hypgcn generate");
        damage(folder);
        var run = new CoSimulationRun(_design, folder, new VerilatorToolchain())
        {
            Options = new SimulationOptions { IdleLimitCycles = 20_000, MaximalCycles = 200_000 },
        };
        short[][] clips = [.. Enumerable.Range(1, 2).Select(seed => ClipQuantizer.Quantize(_design.Model, _network.Clip(Frames, 1, seed)))];
        CoSimulationResult result = await run.RunAsync(clips, null, null, CancellationToken.None);
        TestContext.Out.WriteLine($"{result.FirstMismatch}; {string.Join("; ", result.CycleDifferences)}; {result.Hang}");
        return result;
    }

    private static void FlipBit(string folder, string image, int word, int bit) => EditLines(folder, image, lines =>
    {
        char[] digits = lines[word].ToCharArray();
        int at = digits.Length - 1 - (bit / 4);
        int value = int.Parse(digits.AsSpan(at, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) ^ (1 << (bit % 4));
        digits[at] = value.ToString("x", CultureInfo.InvariantCulture)[0];
        lines[word] = new string(digits);
    });

    private static void EditLines(string folder, string image, Action<string[]> edit)
    {
        string path = Path.Combine(folder, "mem", image);
        string[] lines = File.ReadAllLines(path);
        string before = string.Join('\n', lines);
        edit(lines);
        string after = string.Join('\n', lines);
        Assert.That(after, Is.Not.EqualTo(before), "the fault changes nothing");
        File.WriteAllText(path, after + "\n");
    }

    private static void Replace(string folder, string file, string from, string to)
    {
        string path = Path.Combine(folder, "rtl", file);
        string text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(from), "the fault does not fit the template any more");
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
