using System.Globalization;
using Hypgcn.CoSimulation;
using Hypgcn.Hardware;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>The pattern exists twice; both must stall in the same cycles.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class PortPatternTests
{
    private const int Cycles = 4000;

    private static readonly ulong[] Seeds = [0, 1, 2, 3, 42, 0x8000000000000000, ulong.MaxValue];

    private string _folder = "";

    [OneTimeSetUp]
    public async Task Compile()
    {
        RequiredTools.Check("g++");
        _folder = Directory.CreateTempSubdirectory("hypgcn-pattern-").FullName;
        await RunAsync("g++",
            ["-std=c++17", "-Wall", "-Wextra", "-Werror", $"-I{Path.Combine(Repository.Root, "cosim")}", "-o", "table",
                Path.Combine(Repository.Root, "tests/Hypgcn.Tests/CoSimulation/port_pattern_table.cpp")],
            _ => { });
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (_folder.Length > 0)
            Directory.Delete(_folder, recursive: true);
    }

    [TestCase(0L)]
    [TestCase(4_294_967_290L)]
    [TestCase(1_000_000_000_000_001L)]
    public async Task Stalls_ManySeedsAndCycles_SameInBothLanguages(long firstCycle)
    {
        var lines = new List<string>();
        await RunAsync(Path.Combine(_folder, "table"),
            [.. new object[] { firstCycle, Cycles }.Concat(Seeds.Cast<object>()).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!)],
            lines.Add);
        IEnumerable<string> expected = Seeds.SelectMany(seed => new[] { PortPattern.InputPort, PortPattern.OutputPort }
            .Select(port => Row(new PortPattern(seed), port, firstCycle)));
        Assert.That(lines, Is.EqualTo(expected));
    }

    [Test]
    public void Stalls_SeedGiven_BothPortsMoveAndRest()
    {
        string input = Row(new PortPattern(1), PortPattern.InputPort, 0);
        string output = Row(new PortPattern(1), PortPattern.OutputPort, 0);
        Assert.Multiple(() =>
        {
            Assert.That(input, Is.Not.EqualTo(output));
            Assert.That(input.Count(cycle => cycle == '#'), Is.InRange(Cycles / 4, Cycles / 2));
            Assert.That(output, Does.Contain("########").And.Contain("........"));
        });
    }

    private static string Row(PortPattern pattern, int port, long firstCycle) => string.Concat(
        Enumerable.Range(0, Cycles).Select(cycle => pattern.Stalls(port, firstCycle + cycle) ? '#' : '.'));

    private Task<ToolResult> RunAsync(string executable, string[] arguments, Action<string> onLine) => new ToolRunner().RunAsync(
        new ToolCommand
        {
            Name = "port pattern",
            Executable = executable,
            Arguments = arguments,
            WorkingDirectory = _folder,
            TimeLimit = TimeSpan.FromMinutes(2),
            LogPath = Path.Combine(_folder, "log"),
            OnLine = onLine,
        },
        CancellationToken.None);
}
