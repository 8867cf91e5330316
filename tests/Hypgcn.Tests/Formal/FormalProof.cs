using Hypgcn.CoSimulation;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Formal;

/// <summary>
/// One property file of <c>Properties/</c> about primitives: Yosys makes formulas of both, and a solver looks for a
/// run of the hardware that violates an assertion. The solver is z3, on words, or Yosys' own, on gates.
/// </summary>
internal sealed class FormalProof : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("hypgcn-formal-").FullName;
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly List<string> _parameters = [];
    private readonly string _top;
    private bool _isReady;
    private bool _onGates;

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

    /// <summary>With Yosys' solver: many times faster where single bits steer multiplexers.</summary>
    internal FormalProof OnGates()
    {
        _onGates = true;
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
    internal void Holds(int cycles) => Require(_onGates
        ? OnGates(cycles, "-tempinduct -tempinduct-baseonly")
        // --presat: assumptions that contradict one another would prove anything.
        : OnWords(cycles, "--presat"));

    /// <summary>
    /// No run of any length violates an assertion: none of that many cycles, and none whose last step follows that
    /// many without violation.
    /// </summary>
    internal void HoldsForever(int cycles)
    {
        if (_onGates)
        {
            Require(OnGates(cycles, "-tempinduct"));
            return;
        }

        Holds(cycles);
        Require(OnWords(cycles, "-i"));
    }

    /// <summary>Some run of at most that many cycles from reset violates an assertion of the property file.</summary>
    internal void Fails(int cycles)
    {
        (bool isProved, string text) = _onGates ? OnGates(cycles, "-tempinduct -tempinduct-baseonly") : OnWords(cycles);
        Assert.That(isProved, Is.False, "the broken variant must not pass");
        // The properties are all that can be violated: the primitives have no assertions.
        Assert.That(text, Does.Match(_onGates ? @"SAT temporal induction proof finished - model found for base case: FAIL!" : "BMC failed!(.|\n)*Assert failed in"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Require((bool IsProved, string Text) outcome) => Assert.That(outcome.IsProved, Is.True, outcome.Text);

    private (bool IsProved, string Text) OnWords(int cycles, params string[] mode)
    {
        if (!_isReady)
        {
            (bool isMade, string problem) = Yosys($"write_smt2 -wires {_top}.smt2");
            Assert.That(isMade, Is.True, problem);
            _isReady = true;
        }

        (bool isProved, string text) = Execute(
            "yosys-smtbmc", ["-s", "z3", "--noprogress", "-t", FormattableString.Invariant($"{cycles}"), .. mode, $"{_top}.smt2"]);
        Assert.That(text, Does.Contain(isProved ? "Status: PASSED" : "Status: FAILED"), text);
        return (isProved, text);
    }

    private (bool IsProved, string Text) OnGates(int cycles, string mode)
    {
        (bool isProved, string text) = Yosys($"""
            techmap
            opt -fast
            sat -verify -prove-asserts -set-assumes {mode} -maxsteps {cycles} {_top}
            """);
        Assert.That(text, Does.Contain(isProved ? ": SUCCESS!" : ": FAIL!"), text);
        return (isProved, text);
    }

    private (bool IsDone, string Text) Yosys(string commands)
    {
        foreach ((string name, string text) in _sources)
        {
            File.WriteAllText(Path.Combine(_folder, $"{name}.v"), text);
        }

        // The property files read registers and words of memories by the names that -mem2reg and flatten give them.
        File.WriteAllText(Path.Combine(_folder, "prove.ys"), $"""
            read_verilog -formal -mem2reg {string.Join(' ', _sources.Keys.Select(name => $"{name}.v"))}
            hierarchy -check -top {_top} {string.Join(' ', _parameters)}
            proc
            flatten
            opt -full
            async2sync
            dffunmap
            {commands}

            """);
        return Execute("yosys", ["-s", "prove.ys"]);
    }

    private (bool Success, string Text) Execute(string tool, IReadOnlyList<string> arguments)
    {
        var lines = new List<string>();
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
            return (true, string.Join('\n', lines));
        }
        catch (ToolException problem) when (problem.ExitCode == 1)
        {
            return (false, string.Join('\n', lines));
        }
    }
}
