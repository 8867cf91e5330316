using System.Numerics;
using Hypgcn.CoSimulation;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Primitives;

/// <summary>
/// One bench of <c>Benches/</c> in Icarus Verilog: it reads the memories given here and writes, before
/// every clock edge, one line with the values of its ports.
/// </summary>
internal sealed class VerilogBench : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("hypgcn-bench-").FullName;
    private readonly List<string> _parameters = [];
    private readonly string _top;

    /// <param name="primitive">Name of the primitive; the bench is called <c>NAME_bench</c>.</param>
    internal VerilogBench(string primitive)
    {
        RequiredTools.Check("iverilog", "vvp");
        _top = $"{primitive}_bench";
    }

    internal static string Primitives { get; } = Path.Combine(Repository.Root, "templates", "primitives");

    internal VerilogBench With(params (string Name, long Value)[] parameters)
    {
        _parameters.AddRange(parameters.Select(item => FormattableString.Invariant($"-P{_top}.{item.Name}={item.Value}")));
        return this;
    }

    /// <summary>A parameter wider than 32 bits.</summary>
    internal VerilogBench WithVector(string name, int width, BigInteger value)
    {
        _parameters.Add(FormattableString.Invariant($"-P{_top}.{name}={width}'h{Bits.Hex(value)}"));
        return this;
    }

    /// <summary>A memory image; the parameter <paramref name="sizeParameter"/>, where given, becomes its number of words.</summary>
    internal VerilogBench WithMemory(string file, IReadOnlyCollection<BigInteger> words, string? sizeParameter = null)
    {
        File.WriteAllLines(Path.Combine(_folder, file), words.Select(Bits.Hex));
        return sizeParameter is null ? this : With((sizeParameter, words.Count));
    }

    /// <summary>Compiles and runs.</summary>
    /// <param name="cycles">Lines that the bench must write.</param>
    /// <param name="columns">Names of the values in a line, in order.</param>
    internal BenchLog Run(int cycles, params string[] columns)
    {
        With(("CYCLES", cycles));
        string bench = Path.Combine(Repository.Root, "tests", "Hypgcn.Tests", "Primitives", "Benches", $"{_top}.v");
        Execute("iverilog", ["-g2005", "-o", "bench.vvp", "-s", _top, "-y", Primitives, .. _parameters, bench]);
        ToolResult run = Execute("vvp", ["-n", "bench.vvp"]);
        Assert.That(run.LastLines.Where(line => line.Contains("WARNING", StringComparison.Ordinal)), Is.Empty);
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "log.txt"));
        Assert.That(lines.LastOrDefault(), Is.EqualTo("end"), "the bench did not come to its end");
        Assert.That(lines, Has.Length.EqualTo(cycles + 1), "lines of the bench");
        return new BenchLog(columns, [.. lines[..^1].Select(line => line.Split(' '))]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ToolResult Execute(string tool, IReadOnlyList<string> arguments) => new ToolRunner().RunAsync(
        new ToolCommand
        {
            Name = _top,
            Executable = tool,
            Arguments = arguments,
            WorkingDirectory = _folder,
            TimeLimit = TimeLimit,
            LogPath = Path.Combine(_folder, $"{tool}.log"),
        },
        CancellationToken.None).GetAwaiter().GetResult();
}
