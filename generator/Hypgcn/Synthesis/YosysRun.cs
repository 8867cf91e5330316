using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;

namespace Hypgcn.Synthesis;

/// <summary>
/// A module in a run of Yosys of its own, with nothing but its text, its parameters and its children's ports: in a run with other modules, names get other
/// numbers, and with them LUTs come out differently by some percent.
/// </summary>
/// <param name="library">Has the Verilog.</param>
/// <param name="yosys">Its path.</param>
/// <param name="timeLimit">Wall time.</param>
internal sealed class YosysRun(RtlLibrary library, string yosys, TimeSpan timeLimit)
{
    private const string Top = "hypgcn_top";
    private const string MapCommand = "-run coarse:check";
    private const string RomSteps = "-run coarse:map_ffs\ndffunmap -srst-only\nsynth_xilinx -family xc7 -noiopad -noclkbuf -run map_ffs:check";

    private readonly ToolRunner _runner = new();

    /// <summary>The text of the flow, for the names of results.</summary>
    internal static string Flow =>
        File.ReadAllText(Path.Combine(FlowFolder, "synth.ys")) + File.ReadAllText(Path.Combine(FlowFolder, "dsp_map.v"));

    private static string FlowFolder => Path.Combine(TemplateFolder.Templates, "synthesis");

    /// <summary>What a module's flow has beside that text.</summary>
    /// <remarks>
    /// All slices have MUXF7 and MUXF8. Yosys makes them of a multiplexer of many words only when told to: 9 instead of 12 LUTs a bit of 27 words,
    /// but 4 instead of 3 of 8. On modules with other multiplexers Yosys 0.23 fails with it (cells_map.v:151).
    /// Of other logic ABC makes them to save levels, at the cost of LUTs: up to half as much again in finish and word_chunks. In pool they are needed:
    /// without them the path from it to the finish stage in front has seven levels in some designs.
    /// In registers behind read-only memories it finds synchronous resets, a different one for each bit: up to twice the LUTs, and a control set a bit, of which
    /// a slice takes one. They are undone.
    /// </remarks>
    internal static string OptionsOf(ModuleConfiguration module) => module.Name switch
    {
        "mac_array" when module.Integer("COLUMNS", 2) != 8 => " -widemux 5",
        "word_chunks" when IsWideMultiplexer(module.Integer("LANES", 6), module.Integer("WIDTH", 4)) => " -widemux 5",
        "stat_select" => " -widemux 5",
        "finish" or "word_chunks" => " -nowidelut",
        "memory_rom" => RomSteps,
        _ => "",
    };

    private static bool IsWideMultiplexer(int lanes, int width) => lanes % width == 0 && lanes / width > 8;

    /// <summary>Synthesises a module.</summary>
    /// <param name="module">Its configuration; strings that name no memory image of the module itself are handed on.</param>
    /// <param name="folder">An empty folder to work in.</param>
    /// <param name="cancellationToken">Ends Yosys.</param>
    /// <exception cref="ToolException">Yosys is missing, fails or runs out of time; its log is in the folder.</exception>
    internal async Task<ModuleSynthesis> RunAsync(ModuleConfiguration module, string folder, CancellationToken cancellationToken)
    {
        Write(module, folder);
        // Commands of the flow name files of the folder.
        await _runner.RunAsync(
            new ToolCommand
            {
                Name = "synthesis",
                Executable = OperatingSystem.IsWindows() ? yosys : "nice",
                Arguments = [.. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["-n", "5", yosys], "-q", "-s", "run.ys"],
                WorkingDirectory = folder,
                TimeLimit = timeLimit,
                LogPath = Path.Combine(folder, "yosys.log"),
            },
            cancellationToken).ConfigureAwait(false);
        using var stream = File.OpenRead(Path.Combine(folder, "netlist.json"));
        using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        var netlists = json.RootElement.GetProperty("modules");
        var type = netlists.GetProperty(Top).GetProperty("cells").GetProperty("u").GetProperty("type").GetString()!;
        var netlist = Netlist.Read(netlists.GetProperty(type), library.Modules.ToHashSet(StringComparer.Ordinal).Contains);
        return new ModuleSynthesis(netlist.Own, netlist.Children, PathFinder.Arcs(netlist));
    }

    private void Write(ModuleConfiguration module, string folder)
    {
        var options = OptionsOf(module);
        File.Copy(Path.Combine(FlowFolder, "dsp_map.v"), Path.Combine(folder, "dsp_map.v"));
        File.WriteAllText(
            Path.Combine(folder, "synth.ys"),
            File.ReadAllText(Path.Combine(FlowFolder, "synth.ys")).Replace(MapCommand, options == RomSteps ? RomSteps : MapCommand + options, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "stubs.v"), string.Concat(library.Named(module.Name).Select(library.Stub)));
        File.WriteAllText(Path.Combine(folder, "module.v"), library.Renamed(module.Name));
        var parameters = module.Parameters.Select(entry => $".{entry.Key}({entry.Value})");
        File.WriteAllText(
            Path.Combine(folder, "top.v"),
            $"module {Top};\n  (* keep *) {RtlLibrary.RealName(module.Name)} #({string.Join(", ", parameters)}) u ();\nendmodule\n");
        if (library.ReadsImages(module.Name))
        {
            foreach (var image in module.Parameters.Values.Where(value => value.StartsWith('"')).Select(value => value.Trim('"')))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, image))!);
                File.Copy(Path.Combine(library.Folder, image), Path.Combine(folder, image));
            }
        }
        File.WriteAllText(Path.Combine(folder, "run.ys"), $"""
            read_verilog -lib +/xilinx/cells_sim.v
            read_verilog stubs.v
            read_verilog -defer module.v
            read_verilog top.v
            hierarchy -check -top {Top}
            script synth.ys
            write_json netlist.json

            """);
    }
}
