using System.Text.RegularExpressions;
using Hypgcn.CoSimulation;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Formal;

/// <summary>
/// One property file of <c>Properties/</c> about primitives: Yosys makes formulas of both, z3 looks for a run
/// of the hardware that violates an assertion.
/// </summary>
internal sealed partial class FormalProof : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("hypgcn-formal-").FullName;
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly List<string> _parameters = [];
    private readonly string _top;
    private bool _isReady;

    /// <param name="property">What is proved; the file and its module are called <c>PROPERTY_properties</c>.</param>
    /// <param name="modules">The primitives it needs.</param>
    internal FormalProof(string property, params string[] modules)
    {
        RequiredTools.Check("yosys", "yosys-smtbmc", "z3");
        _top = $"{property}_properties";
        foreach (string module in modules)
        {
            _sources.Add(module, Repository.Read($"templates/primitives/{module}.v"));
        }

        _sources.Add(_top, Repository.Read($"tests/Hypgcn.Tests/Formal/Properties/{_top}.v"));
    }

    internal FormalProof With(params (string Name, int Value)[] parameters)
    {
        _parameters.AddRange(parameters.Select(item => FormattableString.Invariant($"-chparam {item.Name} {item.Value}")));
        return this;
    }

    /// <summary>Breaks a primitive: the one place with <paramref name="text"/> becomes <paramref name="replacement"/>.</summary>
    internal FormalProof Broken(string module, string text, string replacement)
    {
        string[] parts = _sources[module].Split(text);
        Assert.That(parts, Has.Length.EqualTo(2), $"{module}.v must contain `{text}` once; choose another way to break it");
        _sources[module] = string.Join(replacement, parts);
        return this;
    }

    /// <summary>No run of that many cycles from reset violates an assertion.</summary>
    internal void Holds(int cycles)
    {
        // --presat: assumptions that contradict one another would prove anything.
        FormalOutcome outcome = Solve("--presat", "-t", FormattableString.Invariant($"{cycles}"));
        Assert.That(outcome.IsProved, Is.True, outcome.Text);
    }

    /// <summary>No run of any length violates an assertion: none of that many cycles, and none as the continuation of a run without violation.</summary>
    internal void HoldsForever(int cycles)
    {
        Holds(cycles);
        FormalOutcome outcome = Solve("-i", "-t", FormattableString.Invariant($"{cycles}"));
        Assert.That(outcome.IsProved, Is.True, outcome.Text);
    }

    /// <summary>Some run of at most that many cycles violates an assertion of the property file.</summary>
    internal void Fails(int cycles)
    {
        FormalOutcome outcome = Solve("-t", FormattableString.Invariant($"{cycles}"));
        Assert.That(outcome.IsProved, Is.False, "the broken variant must not pass");
        Assert.That(outcome.Text, Does.Match($@"BMC failed!(.|\n)*Assert failed in {_top}: \S*{_top}\.v"));
        TestContext.Out.WriteLine(FailedAssertion().Match(outcome.Text).Value);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FormalOutcome Solve(params string[] mode)
    {
        Prepare();
        var lines = new List<string>();
        bool isProved = Execute("yosys-smtbmc", ["-s", "z3", "--noprogress", .. mode, $"{_top}.smt2"], lines);
        string text = string.Join('\n', lines);
        Assert.That(text, Does.Contain(isProved ? "Status: PASSED" : "Status: FAILED"), text);
        return new FormalOutcome(isProved, text);
    }

    private void Prepare()
    {
        if (_isReady)
        {
            return;
        }

        foreach ((string name, string text) in _sources)
        {
            File.WriteAllText(Path.Combine(_folder, $"{name}.v"), text);
        }

        // The property files read registers and words of memories by the names that -mem2reg and flatten give them.
        File.WriteAllText(Path.Combine(_folder, "prepare.ys"), $"""
            read_verilog -formal -mem2reg {string.Join(' ', _sources.Keys.Select(name => $"{name}.v"))}
            hierarchy -check -top {_top} {string.Join(' ', _parameters)}
            proc
            flatten
            opt -full
            async2sync
            dffunmap
            write_smt2 -wires {_top}.smt2

            """);
        var lines = new List<string>();
        Assert.That(Execute("yosys", ["-q", "-s", "prepare.ys"], lines), Is.True, string.Join('\n', lines));
        _isReady = true;
    }

    private bool Execute(string tool, IReadOnlyList<string> arguments, List<string> lines)
    {
        var command = new ToolCommand
        {
            Name = _top,
            Executable = tool,
            Arguments = arguments,
            WorkingDirectory = _folder,
            TimeLimit = TimeLimit,
            LogPath = Path.Combine(_folder, $"{tool}.log"),
            OnLine = lines.Add,
        };
        try
        {
            new ToolRunner().RunAsync(command, CancellationToken.None).GetAwaiter().GetResult();
            return true;
        }
        catch (ToolException problem) when (problem.ExitCode == 1)
        {
            return false;
        }
    }

    [GeneratedRegex(@"Assert failed in .*")]
    private static partial Regex FailedAssertion();

    /// <param name="IsProved">Whether no violation was found.</param>
    /// <param name="Text">What the solver's front end printed; for a violation the step, the assertion and the run.</param>
    private sealed record FormalOutcome(bool IsProved, string Text);
}
