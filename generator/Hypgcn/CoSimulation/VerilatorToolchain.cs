using System.Diagnostics;
using System.Runtime.InteropServices;
using Hypgcn.Emission;

namespace Hypgcn.CoSimulation;

/// <summary>Lints a design and builds its simulation.</summary>
public sealed record VerilatorToolchain
{
    private const string Executable = "Vsim";
    private const string LogName = "build.log";

    private static readonly string[] Language = ["--default-language", "1364-2005"];

    // Loops over all lanes are unrolled; with the default limits they are errors.
    private static readonly string[] Unrolling = ["--unroll-count", "4096", "--unroll-stmts", "1000000"];

    private readonly ToolRunner _runner = new();
    private readonly BuildCache _cache;

    /// <summary>Uses a cache, or the default one.</summary>
    public VerilatorToolchain(BuildCache? cache = null) => _cache = cache ?? BuildCache.Default();

    /// <summary>Wall time for one run of Verilator or of the compiler.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Verilator's name in PATH, or its path.</summary>
    public string Verilator { get; init; } = "verilator";

    /// <summary>Folder with the C++ harness; the installed one by default.</summary>
    public string HarnessFolder { get; init; } = TemplateFolder.CoSimulation;

    /// <summary>Runs <c>verilator --lint-only -Wall</c> on the accelerator and on the simulation's top.</summary>
    /// <returns>Everything it printed; empty is clean.</returns>
    /// <exception cref="ToolException">Verilator is missing or ran out of time.</exception>
    public async Task<IReadOnlyList<string>> LintAsync(CoSimulationDesign design, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(design);
        ToolLocator.Require(Verilator);
        string[] waivers = Directory.Exists(Path.Combine(design.Folder, "lint"))
            ? [.. Directory.GetFiles(Path.Combine(design.Folder, "lint"), "*.vlt").Order(StringComparer.Ordinal)]
            : [];
        string[] options = ["--lint-only", "-Wall", .. Language, .. Unrolling, .. waivers];
        return
        [
            .. await CheckAsync(design, Verilator, [.. options, "--top-module", design.Name, "-f", "filelist.f"], cancellationToken)
                .ConfigureAwait(false),
            .. await CheckAsync(
                design, Verilator, [.. options, "--top-module", design.SimulationModule, "-f", "filelist_sim.f"], cancellationToken)
                .ConfigureAwait(false),
        ];
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
        // Both give the same results; clang's code is a little faster.
        string compiler = ToolLocator.Find("clang++") is null ? "g++" : "clang++";
        string compilerPath = ToolLocator.Require(compiler);
        string[] verilate = VerilateArguments(design, sources, trace);
        string[] make = MakeArguments(compiler);
        string key = sources.Hash(
        [
            .. verilate, .. make, await VersionAsync(verilator, cancellationToken).ConfigureAwait(false),
            await VersionAsync(compilerPath, cancellationToken).ConfigureAwait(false), Processor(),
        ]);
        (string path, bool isCached) = await _cache.GetAsync(
            key, Executable, folder => CompileAsync(sources, verilate, make, folder, key, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return new SimulationBuild(path, watch.Elapsed.TotalSeconds, isCached);
    }

    private async Task CompileAsync(
        DesignSources sources, string[] verilate, string[] make, string folder, string key, CancellationToken cancellationToken)
    {
        sources.CopyTo(folder);
        // Outside the staging folder, which a failed build leaves to the next one.
        string log = Path.Combine(_cache.Folder, $"{key}.{LogName}");
        await _runner.RunAsync(Tool("Verilator", Verilator, verilate, folder, log), cancellationToken).ConfigureAwait(false);
        string compileLog = Path.Combine(_cache.Folder, $"{key}.make.log");
        await _runner.RunAsync(Tool("C++ build", "make", make, folder, compileLog), cancellationToken).ConfigureAwait(false);
        File.Move(Path.Combine(folder, "obj", Executable), Path.Combine(folder, Executable));
        Directory.Delete(Path.Combine(folder, "obj"), recursive: true);
        File.Move(log, Path.Combine(folder, LogName));
        File.Move(compileLog, Path.Combine(folder, "make.log"));
    }

    private static string[] VerilateArguments(CoSimulationDesign design, DesignSources sources, TraceFormat trace) =>
    [
        "--cc", "--exe", "--prefix", Executable, "--top-module", design.SimulationModule, "--Mdir", "obj", "-O3",
        // Registers start with anything, so that a missing reset shows.
        "--x-initial", "unique", "--x-assign", "unique",
        .. Language, .. Unrolling,
        // Lint is a command of its own, with the waivers.
        "-Wno-fatal", "-Wno-lint", "-Wno-style",
        .. trace switch { TraceFormat.Vcd => ["--trace"], TraceFormat.Fst => ["--trace-fst"], _ => Array.Empty<string>() },
        // device.cpp makes the model's warnings errors.
        "-CFLAGS", "-std=c++17 -DVL_USER_WARN -I../harness",
        .. sources.Verilog,
        .. sources.HarnessSources.Select(name => "harness/" + name),
    ];

    private static string[] MakeArguments(string compiler) =>
    [
        "-C", "obj", "-f", "Vsim.mk", "-j2", "VM_PARALLEL_BUILDS=0", $"CXX={compiler}", $"LINK={compiler}",
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "OPT_FAST=-O2 -march=native" : "OPT_FAST=-O2",
        Executable,
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

    private static async Task<string> VersionAsync(string path, CancellationToken cancellationToken)
    {
        var tool = new KnownTool(path, "", "", ["--version"], IsRequired: true);
        return (await ToolVersion.ReadAsync(tool, cancellationToken).ConfigureAwait(false)).Version ?? "";
    }

    /// <summary>Code for this processor may not run on another one that shares the cache.</summary>
    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? ""
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "";
}
