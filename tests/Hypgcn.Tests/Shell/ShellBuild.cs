using System.Globalization;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Shell;

/// <summary>The shell of a design, verilated together with its C driver.</summary>
internal sealed class ShellBuild : IDisposable
{
    internal const string Manifest = "{}\n";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    internal ShellBuild(AcceleratorDesign design)
    {
        Design = design;
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
            "verilator", "--cc", "--exe", "--build", "-O3", "--x-initial", "unique", "--x-assign", "unique", "--default-language", "1364-2005",
            "--unroll-count", "4096", "--unroll-stmts", "1000000", "-Wno-fatal", "-Wno-lint", "-Wno-style", "--prefix", "Vshell", "--top-module", Shell.Name,
            "--Mdir", "obj", "-CFLAGS", defines, "-f", "filelist.f", "driver/main.cpp", "driver/shell.cpp", "../driver/hypgcn.o");
    }

    internal AcceleratorDesign Design { get; }

    internal ShellDesign Shell { get; }

    internal string Folder => _folder.File("design");

    public void Dispose() => _folder.Dispose();

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
                    TimeLimit = TimeLimit,
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
