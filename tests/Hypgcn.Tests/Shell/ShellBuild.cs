using System.Globalization;
using Hypgcn.CoSimulation;
using Hypgcn.Cycles;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Reference;
using Hypgcn.Synthesis;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Shell;

/// <summary>The shell of a design, verilated together with its C driver; the accelerator as it is or as gates.</summary>
internal sealed class ShellBuild : IDisposable
{
    private const string Manifest = "{}\n";

    private static readonly string[] ShellFiles = ["clip_framer", "axi_lite_slave", "shell_control"];

    private readonly TemporaryFolder _folder = new();

    private readonly TimeSpan _timeLimit;
    private readonly bool _memoriesAsGates;

    /// <param name="design">The design.</param>
    /// <param name="asGates">
    /// Whether Yosys makes Xilinx cells of the accelerator first. It has no model of block RAM, so memories become LUTs.
    /// </param>
    /// <param name="memoriesAsGates">Whether memories become gates too, else they stay as they are.</param>
    internal ShellBuild(AcceleratorDesign design, bool asGates = false, bool memoriesAsGates = true)
    {
        _memoriesAsGates = memoriesAsGates;
        Design = design;
        _timeLimit = asGates ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(15);
        Shell = new ShellDesign(design, Manifest);
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(design, Folder, Manifest, "hypgcn generate");
        foreach (string source in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/Hypgcn.Tests/Shell/Harness")))
        {
            File.Copy(source, Path.Combine(Folder, "driver", Path.GetFileName(source)));
        }
        File.Copy(Path.Combine(Repository.Root, "cosim/port_pattern.h"), Path.Combine(Folder, "driver/port_pattern.h"));
        Execute("gcc", "-std=c99", "-Wall", "-Wextra", "-Wconversion", "-pedantic", "-Werror", "-O1", "-DHYPGCN_ACCESS=\"access.h\"", "-c", "driver/hypgcn.c", "-o", "driver/hypgcn.o");
        string defines = string.Create(CultureInfo.InvariantCulture,
            $"-std=c++17 -I../driver -DBEAT_VALUES={Shell.BeatValues} -DVALUE_BYTES={Shell.ValueBytes} -DOUTPUT_BYTES={Shell.OutputBytes}{(Shell.HasInputKeep ? " -DHAS_KEEP" : "")}");
        Execute(
            "verilator", "--cc", "--exe", "--build", "--build-jobs", "2", "-O3", "--x-initial", "unique", "--x-assign", "unique",
            // Yosys' models of the cells call $fatal, and have delays.
            "--default-language", asGates ? "1800-2017" : "1364-2005", "--no-timing",
            "--unroll-count", "4096", "--unroll-stmts", "1000000", "-Wno-fatal", "-Wno-lint", "-Wno-style", "--prefix", "Vshell", "--top-module", Shell.Name,
            "--Mdir", "obj", "-CFLAGS", defines, "-f", asGates ? Synthesize() : "filelist.f", "driver/main.cpp", "driver/shell.cpp", "../driver/hypgcn.o");
    }

    internal AcceleratorDesign Design { get; }

    internal ShellDesign Shell { get; }

    internal string Folder => _folder.File("design");

    public void Dispose() => _folder.Dispose();

    /// <summary>What golden model and cycle model say of packets.</summary>
    internal (ClipTrace[] Traces, CyclePrediction Prediction) Predict(short[][] packets, PortPattern pattern)
    {
        short[][] clips = [.. packets.Select(packet => ReceivedClip.Of(packet, Design.ClipValues))];
        ClipTrace[] traces = new ClipSequence(new IntegerNetwork(Design.Model), Design.RfcRules).Run(clips);
        ClipActivity[] activity = [.. traces.Select(trace => ClipActivity.Of(Design.Model, trace))];
        var input = new PacketInput(Shell.BeatValues, [.. packets.Select(packet => packet.Length)]);
        return (traces, CycleModel.Predict(Design, activity, input, pattern));
    }

    /// <summary>Gates of the accelerator with Yosys' models of the cells.</summary>
    /// <returns>Name of a list of Verilog files.</returns>
    private string Synthesize()
    {
        string[] memories = _memoriesAsGates ? [] : ["memory_sdp", "memory_rom"];
        var library = RtlLibrary.Read(Folder);
        File.WriteAllText(Path.Combine(Folder, "stubs.v"), string.Concat(memories.Select(library.Stub)));
        string[] sources = [.. library.Modules.Except(memories, StringComparer.Ordinal).Select(name => $"rtl/{name}.v")];
        File.WriteAllText(Path.Combine(Folder, "gates.ys"), $"""
            read_verilog stubs.v
            read_verilog -defer {string.Join(' ', sources)}
            hierarchy -top {Design.Name}
            setattr -set rom_style "logic" */a:rom_style
            setattr -set ram_style "distributed" */a:ram_style
            synth_xilinx -family xc7 -top {Design.Name} -nobram -noiopad -noclkbuf
            write_verilog -noattr gates.v
            """);
        Execute("yosys", "-q", "-s", "gates.ys");
        // Beside the program; yosys-config is in a package of its own.
        string program = File.ResolveLinkTarget(ToolLocator.Require("yosys"), returnFinalTarget: true)?.FullName ?? ToolLocator.Require("yosys");
        string cells = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "../share/yosys/xilinx/cells_sim.v"));
        File.WriteAllLines(
            Path.Combine(Folder, "filelist_gates.f"),
            [
                cells, "gates.v", $"rtl/{Design.Name}_registers.v", $"rtl/{Shell.Name}.v",
                .. ShellFiles.Concat(memories).Select(name => $"rtl/{name}.v"),
            ]);
        return "filelist_gates.f";
    }

    /// <summary>Runs packets through all phases of the harness (see main.cpp).</summary>
    internal ShellRun Run(IReadOnlyList<short[]> packets, PortPattern pattern, bool poll = false, bool holes = false)
    {
        File.WriteAllLines(Path.Combine(Folder, "packets.txt"), packets.Select(packet => string.Join(' ', packet)));
        var lines = new List<string>();
        Execute(
            Path.Combine(Folder, "obj/Vshell"),
            lines.Add,
            "packets.txt", $"{Shell.Registers.Hash:x}", $"{pattern.Seed}", $"{pattern.GapCycles}", poll ? "1" : "0", holes ? "1" : "0");
        return new ShellRun(lines);
    }

    private void Execute(string tool, params string[] arguments) => Execute(tool, _ => { }, arguments);

    private void Execute(string tool, Action<string> onLine, params string[] arguments)
    {
        try
        {
            new ToolRunner().RunAsync(
                new ToolCommand
                {
                    Name = Path.GetFileName(tool),
                    Executable = tool,
                    Arguments = arguments,
                    WorkingDirectory = Folder,
                    TimeLimit = _timeLimit,
                    LogPath = Path.Combine(Folder, $"{Path.GetFileName(tool)}.log"),
                    OnLine = onLine,
                },
                CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (ToolException problem)
        {
            Assert.Fail($"{problem.Message}\n{string.Join('\n', problem.LastLines)}");
        }
    }
}
