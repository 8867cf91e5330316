using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;

namespace Hypgcn.Synthesis;

/// <summary>Some modules in one run of Yosys: most of the time of a small module is reading the cell library.</summary>
internal sealed class YosysBatch(RtlLibrary library, string yosys, TimeSpan timeLimit)
{
    private const string Top = "hypgcn_batch";
    private const string MapCommand = "-run coarse:check";
    private const string RomSteps = "-run coarse:map_ffs\ndffunmap -srst-only\nsynth_xilinx -family xc7 -noiopad -noclkbuf -run map_ffs:check";

    private readonly ToolRunner _runner = new();

    /// <summary>The text of the flow, for the names of results.</summary>
    internal static string Flow =>
        File.ReadAllText(Path.Combine(FlowFolder, "synth.ys")) + File.ReadAllText(Path.Combine(FlowFolder, "dsp_map.v"));

    private static string FlowFolder => Path.Combine(TemplateFolder.Templates, "synthesis");

    /// <summary>What a module's flow has beside that text; modules of a batch have the same.</summary>
    /// <remarks>
    /// LUTs of mac_array are a multiplexer of COLUMNS words. Yosys makes MUXF7 and MUXF8 of it, which all slices have, only when told to: 9 instead of 12 LUTs a bit
    /// of 27 words, but 4 instead of 3 of 8. On modules with other multiplexers Yosys 0.23 fails with it (cells_map.v:151).
    /// In registers behind read-only memories it finds synchronous resets, a different one for each bit: up to twice the LUTs, and a control set a bit, of which
    /// a slice takes one. They are undone.
    /// </remarks>
    internal static string OptionsOf(ModuleConfiguration module) => module.Name switch
    {
        "mac_array" when module.Integer("COLUMNS", 2) != 8 => " -widemux 5",
        "memory_rom" => RomSteps,
        _ => "",
    };

    /// <summary>Synthesises modules.</summary>
    /// <param name="modules">Configurations; strings that name no memory image of the module itself are handed on.</param>
    /// <param name="folder">An empty folder to work in.</param>
    /// <param name="cancellationToken">Ends Yosys.</param>
    /// <returns>One result per module, in their order.</returns>
    /// <exception cref="ToolException">Yosys is missing, fails or runs out of time; its log is in the folder.</exception>
    internal async Task<IReadOnlyList<ModuleSynthesis>> RunAsync(
        IReadOnlyList<ModuleConfiguration> modules, string folder, CancellationToken cancellationToken)
    {
        Write(modules, folder);
        // Commands of the flow name files of the folder; memory images are absolute.
        await _runner.RunAsync(
            new ToolCommand
            {
                Name = "synthesis",
                Executable = OperatingSystem.IsWindows() ? yosys : "nice",
                Arguments = [.. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["-n", "5", yosys], "-q", "-s", "batch.ys"],
                WorkingDirectory = folder,
                TimeLimit = timeLimit,
                LogPath = Path.Combine(folder, "yosys.log"),
            },
            cancellationToken).ConfigureAwait(false);
        using var stream = File.OpenRead(Path.Combine(folder, "batch.json"));
        using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        var netlists = json.RootElement.GetProperty("modules");
        var instances = netlists.GetProperty(Top).GetProperty("cells");
        var isChild = library.Modules.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Enumerable.Range(0, modules.Count).Select(n =>
            {
                var type = instances.GetProperty($"u{n}").GetProperty("type").GetString()!;
                var netlist = Netlist.Read(netlists.GetProperty(type), isChild.Contains);
                return new ModuleSynthesis(netlist.Own, netlist.Children, PathFinder.Arcs(netlist));
            }),
        ];
    }

    private void Write(IReadOnlyList<ModuleConfiguration> modules, string folder)
    {
        var options = OptionsOf(modules[0]);
        File.Copy(Path.Combine(FlowFolder, "dsp_map.v"), Path.Combine(folder, "dsp_map.v"));
        File.WriteAllText(
            Path.Combine(folder, "synth.ys"),
            File.ReadAllText(Path.Combine(FlowFolder, "synth.ys")).Replace(MapCommand, options == RomSteps ? RomSteps : MapCommand + options, StringComparison.Ordinal));
        var stubs = new StringBuilder();
        foreach (var name in library.Modules)
        {
            stubs.Append(library.Stub(name));
        }
        File.WriteAllText(Path.Combine(folder, "stubs.v"), stubs.ToString());
        var texts = new StringBuilder();
        foreach (var name in modules.Select(module => module.Name).Distinct(StringComparer.Ordinal))
        {
            texts.Append(library.Renamed(name));
        }
        File.WriteAllText(Path.Combine(folder, "modules.v"), texts.ToString());
        var top = new StringBuilder($"module {Top};\n");
        for (var n = 0; n < modules.Count; n++)
        {
            var parameters = modules[n].Parameters.Select(entry => $".{entry.Key}({Value(modules[n].Name, entry.Value)})");
            top.Append(CultureInfo.InvariantCulture, $"  (* keep *) {RtlLibrary.RealName(modules[n].Name)} #({string.Join(", ", parameters)}) u{n} ();\n");
        }
        File.WriteAllText(Path.Combine(folder, "batch.v"), top.Append("endmodule\n").ToString());
        File.WriteAllText(Path.Combine(folder, "batch.ys"), $"""
            read_verilog -lib +/xilinx/cells_sim.v
            read_verilog stubs.v
            read_verilog -defer modules.v
            read_verilog batch.v
            hierarchy -check -top {Top}
            script synth.ys
            write_json batch.json

            """);
    }

    private string Value(string module, string value) =>
        value.StartsWith('"') && library.ReadsImages(module) ? $"\"{Path.Combine(library.Folder, value.Trim('"'))}\"" : value;
}
