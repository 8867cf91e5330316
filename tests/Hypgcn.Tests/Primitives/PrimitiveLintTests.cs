using System.Text.RegularExpressions;
using Hypgcn.CoSimulation;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Primitives;

/// <summary>Every primitive as its own top, with sizes at the ends of what may be.</summary>
[TestFixture]
internal sealed partial class PrimitiveLintTests
{
    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(VerilogBench.Primitives, "*.v").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    private static readonly string[] Corners =
    [
        "rfc_encoder WIDTH=1", "rfc_encoder WIDTH=16 BITS=8",
        "rfc_fifo DEPTH=1 WORDS0=2 WORDS1=2 WORDS2=2 WORDS3=2",
        "rfc_fifo DEPTH=6 WORDS0=5 WORDS1=4 WORDS2=2 WORDS3=1 FRAME_BANKS=1 WINDOW=7",
        "rfc_fifo DEPTH=1500 WORDS0=1501 WORDS1=1000 WORDS2=500 WORDS3=3 FRAME_BANKS=100 WINDOW=16",
        "rfc_mini_bank WORDS=1 DEPTH=1 FRAME_BANKS=1 WINDOW=2", "stream_fifo WIDTH=1 DEPTH=1",
        "mac_array COLUMNS=1 LANES=1", "mac_array COLUMNS=3 LANES=2 FABRIC=1", "mac_array COLUMNS=1 LANES=1 FABRIC=1 A_BITS=8 W_BITS=8", "fabric_product A_BITS=4 W_BITS=4", "fabric_product A_BITS=5 W_BITS=7", "mac_array COLUMNS=3 LANES=3 PACKED=1 A_BITS=8 W_BITS=8",
        "outer_array COLUMNS=25 LANES=32", "outer_array COLUMNS=1 LANES=1 ACC_BITS=33", "outer_array COLUMNS=25 LANES=6 PACKED=1 BITS=8",
        "outer_array COLUMNS=4 LANES=3 PACKED=1 BITS=8", "outer_array COLUMNS=1 LANES=1 PACKED=1 BITS=8", "outer_array COLUMNS=5 LANES=1 PACKED=1 BITS=8 ACC_BITS=18",
        "word_chunks LANES=1 WIDTH=1", "word_chunks LANES=5 WIDTH=4", "word_chunks LANES=8 WIDTH=8", "word_chunks LANES=17 WIDTH=16",
        "saturate IN_BITS=9 OUT_BITS=8 SHIFT=0", "ring_bank DEPTH=1 BITS=1", "memory_sdp DEPTH=1 WIDTH=1", "memory_rom DEPTH=1 REGISTERED=0",
        "finish LANES=1 WIDTH=1 BANKS=1 SIDE=0 HAS_BIAS=0", "finish LANES=64 WIDTH=16 BANKS=16 SIDE=2", "finish LANES=16 WIDTH=16 BANKS=1 SIDE=1", "finish LANES=6 WIDTH=4 SIDE=2 SIDE_LANES=5",
        "data_norm PERSONS=1 FRAMES=1 JOINTS=1 CHANNELS=1", "data_norm CHANNELS=17 SHIFT=0",
        "pool BANKS=1 WIDTH=1 ROWS=1", "pool WIDTH=16", "pool BANKS=1 WIDTH=16",
        "classifier LANES=1 CLASSES=1 CHANNELS=16 CHANNEL_BITS=4", "classifier LANES=60", "classifier LANES=8 CLASSES=11 CHANNELS=4 CHANNEL_BITS=2",
        "clip_framer BITS=8 BYTES=1 VALUES=4 CLIP=1", "clip_framer VALUES=32", "axi_lite_slave ADDRESS_BITS=14",
        "block_fork HAS_RESIDUAL=0", "block_fork STRIDE=2 JOINTS=1 BANKS=2 FRAMES=1",
        "down_engine BANKS=1 COLUMNS=1 LANES=1 PASSES=1", "down_engine BANKS=16 COLUMNS=16 LANES=16",
        "down_engine COLUMNS=3 LAST_COLUMNS=1 LANES=5 PASSES=5", "down_engine COLUMNS=4 LAST_COLUMNS=3 PASSES=1",
        "down_engines ENGINES=1", "down_engines ENGINES=3 BANKS=1 COLUMNS=1 LANES=1 PASSES=1", "down_engines ENGINES=25 COLUMNS=3 LAST_COLUMNS=1 LANES=5 PASSES=5",
        "row_engine BANKS=1 COLUMNS=1 LANES=1 MIN_CYCLES=1 JOINTS=1 FRAMES=1 WEIGHT_DEPTH=16",
        "row_engine STRIDE=2",
        "graph_engine BANKS=1 CHANNELS=1 WORDS=1 LANES=25 PASSES=3 TOTAL_WORDS=3",
        "graph_engine BANKS=16 CHANNELS=256 WORDS=15 LANES=1 PASSES=5 TOTAL_WORDS=75",
        "graph_engine BANKS=1 CHANNELS=3 WORDS=2 LANES=2 PASSES=1 TOTAL_WORDS=2 FABRIC=1",
        "graph_engine JOINTS=5 SHIFT=0 LANES=2 WORDS=4 PASSES=3 TOTAL_WORDS=9",
        "spatial_array JOINT_LANES=25 JOINT_GROUPS=1", "spatial_array JOINT_LANES=25 JOINT_GROUPS=1 GRAPH_LANES=13",
        "spatial_array JOINT_LANES=12 JOINT_GROUPS=3 GRAPH_LANES=5 LANES=3 CHANNEL_GROUPS=22", "spatial_array LANES=1 CHANNEL_GROUPS=1 CHANNELS=1 SUBSETS=1",
        "spatial_array JOINT_LANES=1 JOINT_GROUPS=25 LANES=64 CHANNEL_GROUPS=1",
        "temporal_engine KERNEL=1 SLOTS=1 COLUMNS=1", "temporal_engine KERNEL=9 STRIDE=2 OUT_FRAMES=150 SLOTS=5",
        "temporal_engine LANES=1 GROUP_CHANNELS=64 RING_CHANNELS=64 JOINTS=4", "temporal_engine RING_CHANNELS=1 SLOTS=1 KERNEL=1 JOINTS=4",
        "temporal_engines ENGINES=1", "temporal_engines ENGINES=3 GROUP_CHANNELS=1 RING_CHANNELS=1", "temporal_engines ENGINES=25 BANKS=1", "temporal_engines JOINTS=1",
        "temporal_engines ENGINES=2 JOINTS=3 ENGINE_SHIFT=24'h101",
        "temporal_engine KERNEL=3 SLOTS=3 FRAMES=1 OUT_FRAMES=1 GROUP_CHANNELS=1 RING_CHANNELS=1 LANES=64",
    ];

    [Test]
    [Category("CoSim")]
    public void Lint_Defaults_PrintsNothing([ValueSource(nameof(Names))] string name) => Lint(name);

    [Test]
    [Category("CoSim")]
    public void Lint_Corner_PrintsNothing([ValueSource(nameof(Corners))] string corner) => Lint(corner);

    [Test]
    public void Text_EveryPrimitive_FollowsTheRules([ValueSource(nameof(Names))] string name)
    {
        string text = File.ReadAllText(Path.Combine(VerilogBench.Primitives, $"{name}.v"));
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.StartWith("// "), "the header comment");
            Assert.That(text, Does.Contain("`default_nettype none\n\nmodule "));
            Assert.That(text, Does.EndWith("endmodule\n\n`default_nettype wire\n"));
            Assert.That(ModuleName().Matches(text).Select(match => match.Groups[1].Value), Is.EqualTo(new[] { name }));
            Assert.That(text, Does.Not.Contain("\t"));
            Assert.That(text.All(char.IsAscii), Is.True, "ASCII");
            Assert.That(text.Split('\n').Where(line => line.Length > 140), Is.Empty);
            Assert.That(Port().Matches(text).Select(match => match.Groups["port"].Value).Where(port => !HasEnding(text, port)), Is.Empty);
            Assert.That(Parameter().Matches(text).Select(match => match.Groups[1].Value).Where(item => item.Any(char.IsAsciiLetterLower)), Is.Empty);
            Assert.That(Instance().Matches(text).Select(match => match.Groups[1].Value).Where(item => !item.StartsWith("u_", StringComparison.Ordinal)), Is.Empty);
            Assert.That(Block().Matches(text).Select(match => match.Groups[1].Value).Where(item => !item.StartsWith("gen_", StringComparison.Ordinal)), Is.Empty);
            Assert.That(Reset().Matches(text), Is.Empty, "resets are synchronous");
        });
    }

    // An input ends in _i, an output in _o.
    private static bool HasEnding(string text, string port) =>
        Regex.IsMatch(text, $@"^  input  ?wire .*\b{port},?$", RegexOptions.Multiline, TimeSpan.FromSeconds(5))
            ? port.EndsWith("_i", StringComparison.Ordinal)
            : port.EndsWith("_o", StringComparison.Ordinal);

    private static void Lint(string line)
    {
        RequiredTools.Check("verilator");
        string[] words = line.Split(' ');
        string folder = Directory.CreateTempSubdirectory("hypgcn-lint-").FullName;
        try
        {
            ToolResult result = new ToolRunner().RunAsync(
                new ToolCommand
                {
                    Name = "Verilator lint",
                    Executable = "verilator",
                    Arguments =
                    [
                        "--lint-only", "-Wall", "--default-language", "1364-2005", "--unroll-count", "4096", "--unroll-stmts", "1000000",
                        "-y", VerilogBench.Primitives, "--top-module", words[0], .. words[1..].Select(word => $"-G{word}"),
                        .. Directory.GetFiles(Path.Combine(VerilogBench.Primitives, "..", "lint"), "*.vlt"),
                        Path.Combine(VerilogBench.Primitives, $"{words[0]}.v"),
                    ],
                    WorkingDirectory = folder,
                    TimeLimit = TimeSpan.FromSeconds(60),
                    LogPath = Path.Combine(folder, "lint.log"),
                },
                CancellationToken.None).GetAwaiter().GetResult();
            Assert.That(result.LastLines, Is.Empty);
        }
        catch (ToolException problem)
        {
            Assert.Fail(string.Join('\n', problem.LastLines));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"^module (\w+)", RegexOptions.Multiline)]
    private static partial Regex ModuleName();

    [GeneratedRegex(@"^  (input|output)\b.*?(?<port>\w+),?$", RegexOptions.Multiline)]
    private static partial Regex Port();

    [GeneratedRegex(@"\b(?:parameter|localparam) (?:\[[^=]*?\] )?(\w+) =")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^ +\w+ #\([^;]*?\n? *\) (\w+) \($", RegexOptions.Multiline)]
    private static partial Regex Instance();

    [GeneratedRegex(@"begin : (\w+)")]
    private static partial Regex Block();

    [GeneratedRegex(@"@\([^)]*(rst|negedge)")]
    private static partial Regex Reset();
}
