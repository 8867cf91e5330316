using System.Collections.Concurrent;
using System.Diagnostics;
using Hypgcn.Emission;

namespace Hypgcn.CoSimulation;

/// <summary>Lints a design and builds its simulation.</summary>
public sealed record VerilatorToolchain
{
    private const string Executable = "Vsim";
    private const string LogName = "build.log";

    // device.cpp makes the model's warnings errors.
    private const string HarnessFlags = "-std=c++17 -DVL_USER_WARN -I../harness";

    private static readonly string[] Language = ["--default-language", "1364-2005"];

    // Loops over all lanes are unrolled; with the default limits they are errors.
    private static readonly string[] Unrolling = ["--unroll-count", "4096", "--unroll-stmts", "1000000"];

    private readonly ToolRunner _runner = new();
    private readonly BuildCache _cache;
    private readonly BuildCache _support;

    // Of the programs by their paths; asking takes as long as verilating a small design.
    private readonly ConcurrentDictionary<string, string> _versions = new(StringComparer.Ordinal);

    /// <summary>Uses a cache, or the default one.</summary>
    public VerilatorToolchain(BuildCache? cache = null)
    {
        _cache = cache ?? BuildCache.Default();
        _support = new BuildCache(Path.Combine(_cache.Folder, ".support"));
    }

    /// <summary>Wall time for one run of Verilator or of the compiler.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Verilator's name in PATH, or its path.</summary>
    public string Verilator { get; init; } = "verilator";

    /// <summary>Folder with the C++ harness; the installed one by default.</summary>
    public string HarnessFolder { get; init; } = TemplateFolder.CoSimulation;

    /// <summary>Whether building or running is to take little time.</summary>
    public SimulationEffort Effort { get; init; }

    /// <summary>Whether a build also lints the simulation's top, which <see cref="LintAsync(CoSimulationDesign, CancellationToken)"/> then leaves out.</summary>
    public bool LintsBuilds { get; init; }

    /// <summary>Runs <c>verilator --lint-only -Wall</c> on the accelerator and on the simulation's top.</summary>
    /// <returns>Everything it printed; empty is clean.</returns>
    /// <exception cref="ToolException">Verilator is missing or ran out of time.</exception>
    public async Task<IReadOnlyList<string>> LintAsync(CoSimulationDesign design, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(design);
        ToolLocator.Require(Verilator);
        return
        [
            .. await LintAsync(design, design.Name, "filelist.f", cancellationToken).ConfigureAwait(false),
            .. LintsBuilds
                ? []
                : await LintAsync(design, design.SimulationModule, "filelist_sim.f", cancellationToken).ConfigureAwait(false),
        ];
    }

    private Task<IReadOnlyList<string>> LintAsync(
        CoSimulationDesign design, string top, string list, CancellationToken cancellationToken)
    {
        string[] arguments = ["--lint-only", "-Wall", .. Language, .. Unrolling, .. DesignSources.WaiverNames(design.Folder), "--top-module", top, "-f", list];
        return CheckAsync(design, Verilator, arguments, cancellationToken);
    }

    /// <summary>Lets a second compiler, Icarus Verilog, read the design as Verilog-2005.</summary>
    /// <returns>Everything it printed; empty is clean.</returns>
    /// <exception cref="ToolException">Icarus is missing or ran out of time.</exception>
    public Task<IReadOnlyList<string>> CompileCheckAsync(CoSimulationDesign design, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(design);
        string[] arguments =
            ["-g2005", "-Wall", "-Wno-timescale", "-t", "null", "-s", design.SimulationModule, .. DesignSources.ReadList(design.Folder, "filelist_sim.f")];
        return CheckAsync(design, "iverilog", arguments, cancellationToken);
    }

    /// <summary>Builds the simulation, or finds it in the cache.</summary>
    /// <exception cref="ToolException">A tool is missing, fails or runs out of time; the log is kept.</exception>
    /// <exception cref="HypgcnException">A file of the design is missing.</exception>
    public async Task<SimulationBuild> BuildAsync(
        CoSimulationDesign design, TraceFormat trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(design);
        var watch = Stopwatch.StartNew();
        DesignSources sources = DesignSources.Read(design.Folder, HarnessFolder);
        sources.CheckMemoryImages();
        string verilator = ToolLocator.Require(Verilator);
        ToolLocator.Require("make");
        // Both give the same results; clang's code of a large design is nearly twice as fast.
        string compiler = ToolLocator.Find("clang++") is null ? "g++" : "clang++";
        string compilerPath = ToolLocator.Require(compiler);
        string[] verilate = VerilateArguments(design, sources, trace);
        string[] make = BuildMakefile.Arguments(compiler, Effort);
        string[] tools =
        [
            .. make, await VersionAsync(verilator, cancellationToken).ConfigureAwait(false),
            await VersionAsync(compilerPath, cancellationToken).ConfigureAwait(false), Processor(),
        ];
        string[] support = BuildMakefile.SupportTargets(sources, compiler);
        string supportKey = sources.HarnessHash([.. tools, .. support, $"{trace}", HarnessFlags, BuildMakefile.Text]);
        string key = sources.Hash([.. verilate, .. tools, supportKey]);
        (string path, bool isCached) = await _cache.GetAsync(
            key, Executable, folder => CompileAsync(new Plan(sources, verilate, make, support, key, supportKey), folder, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return new SimulationBuild(path, watch.Elapsed.TotalSeconds, isCached)
        {
            // The first line is the command.
            Warnings = LintsBuilds ? [.. File.ReadLines(Path.Combine(Path.GetDirectoryName(path)!, LogName)).Skip(1)] : [],
        };
    }

    private async Task CompileAsync(Plan plan, string folder, CancellationToken cancellationToken)
    {
        plan.Sources.CopyTo(folder);
        // Outside the staging folder, which a failed build leaves to the next one.
        string log = Path.Combine(_cache.Folder, $"{plan.Key}.{LogName}");
        await _runner.RunAsync(Tool("Verilator", Verilator, plan.Verilate, folder, log), cancellationToken).ConfigureAwait(false);
        string obj = Path.Combine(folder, "obj");
        BuildMakefile.Write(obj);
        string compileLog = Path.Combine(_cache.Folder, $"{plan.Key}.make.log");
        await _runner.RunAsync(Tool("C++ build", "make", [.. plan.Make, BuildMakefile.HeaderList], folder, compileLog), cancellationToken).ConfigureAwait(false);
        string key = plan.Sources.HarnessHash([plan.SupportKey, .. BuildMakefile.HeaderStamps(obj)]);
        (string support, _) = await _support.GetAsync(
            key, BuildMakefile.Support, place => CompileSupportAsync(plan, key, folder, place, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        string[] make = [.. plan.Make, .. BuildMakefile.ProgramTargets(Path.GetDirectoryName(support)!)];
        await _runner.RunAsync(Tool("C++ build", "make", make, folder, compileLog), cancellationToken).ConfigureAwait(false);
        File.Move(Path.Combine(obj, BuildMakefile.Program), Path.Combine(folder, Executable));
        Directory.Delete(obj, recursive: true);
        File.Move(log, Path.Combine(folder, LogName));
        File.Move(compileLog, Path.Combine(folder, "make.log"));
    }

    /// <summary>Makes what all designs share, with the makefile of the first one.</summary>
    private async Task CompileSupportAsync(Plan plan, string key, string folder, string place, CancellationToken cancellationToken)
    {
        string log = Path.Combine(_support.Folder, $"{key}.make.log");
        await _runner.RunAsync(Tool("C++ build", "make", [.. plan.Make, .. plan.Support], folder, log), cancellationToken).ConfigureAwait(false);
        BuildMakefile.MoveSupport(Path.Combine(folder, "obj"), place);
        File.Move(log, Path.Combine(place, "make.log"));
    }

    private string[] VerilateArguments(CoSimulationDesign design, DesignSources sources, TraceFormat trace) =>
    [
        "--cc", "--prefix", Executable, "--top-module", design.SimulationModule, "--Mdir", "obj", "-O3",
        // Registers start with anything, so that a missing reset shows.
        "--x-initial", "unique", "--x-assign", "unique",
        .. Language, .. Unrolling,
        "-Wno-fatal", .. LintsBuilds ? ["-Wall", .. sources.Waivers] : new[] { "-Wno-lint", "-Wno-style" },
        .. trace switch { TraceFormat.Vcd => ["--trace"], TraceFormat.Fst => ["--trace-fst"], _ => Array.Empty<string>() },
        "-CFLAGS", HarnessFlags,
        .. sources.Verilog,
    ];

    private async Task<IReadOnlyList<string>> CheckAsync(
        CoSimulationDesign design, string tool, string[] arguments, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        string log = Path.GetTempFileName();
        try
        {
            await _runner.RunAsync(Tool($"{tool} check", tool, arguments, design.Folder, log) with { OnLine = lines.Add }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ToolException problem) when (problem.ExitCode is not null && lines.Count > 0)
        {
            // The lines are the answer.
        }
        finally
        {
            File.Delete(log);
        }

        return lines;
    }

    private ToolCommand Tool(string name, string executable, string[] arguments, string folder, string log) => new()
    {
        Name = name,
        Executable = executable,
        Arguments = arguments,
        WorkingDirectory = folder,
        TimeLimit = TimeLimit,
        LogPath = log,
    };

    private async Task<string> VersionAsync(string path, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(path, out string? known))
        {
            return known;
        }

        var tool = new KnownTool(path, "", "", ["--version"], IsRequired: true);
        return _versions[path] = (await ToolVersion.ReadAsync(tool, cancellationToken).ConfigureAwait(false)).Version ?? "";
    }

    /// <summary>Code for this processor may not run on another one that shares the cache.</summary>
    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? ""
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "";

    /// <summary>One build.</summary>
    private sealed record Plan(DesignSources Sources, string[] Verilate, string[] Make, string[] Support, string Key, string SupportKey);
}
