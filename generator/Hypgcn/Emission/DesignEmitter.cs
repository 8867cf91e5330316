using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>Writes a design as a folder of plain Verilog, memory images and what simulation needs.</summary>
/// <param name="templates">The templates.</param>
/// <param name="templateFolder">Their folder, with the hand-written primitives.</param>
public sealed class DesignEmitter(TemplateSet templates, string templateFolder)
{
    /// <summary>Device and clock of scripts and test bench.</summary>
    public DesignTarget Target { get; init; } = new();

    /// <summary>Quantised clips for the test bench; none: pseudo-random ones.</summary>
    public IReadOnlyList<short[]> Clips { get; init; } = [];

    /// <summary>Packets that the test bench sends, 1 to 3: an event-driven simulator takes minutes for one of a larger design.</summary>
    public int BenchPackets { get; init; } = BenchVectors.MostPackets;

    /// <summary>
    /// Writes the folder: <c>rtl/ mem/ sim/ lint/ docs/ driver/ vivado/ cosim/ports.h filelist.f filelist_sim.f filelist_bench.f manifest.json</c>.
    /// </summary>
    /// <param name="design">The design.</param>
    /// <param name="folder">Replaced as a whole when everything is written.</param>
    /// <param name="manifest">Text of <c>manifest.json</c>: the full configuration, enough to write the folder again.</param>
    /// <param name="command">How to regenerate, printed in every header.</param>
    /// <exception cref="HypgcnException">The folder cannot be written.</exception>
    public void Write(AcceleratorDesign design, string folder, string manifest, string command)
    {
        var primitives = Directory.EnumerateFiles(Path.Combine(templateFolder, "primitives"), "*.v").Order(StringComparer.Ordinal).ToList();
        CheckName(design.Name, primitives);
        using var writer = new RtlWriter(folder);
        var modules = new List<string>();
        foreach (var primitive in primitives)
        {
            modules.Add($"rtl/{Path.GetFileName(primitive)}");
            writer.CopyText(modules[^1], primitive);
        }
        foreach (var block in design.Blocks)
        {
            modules.Add($"rtl/{BlockView.ModuleName(design, block)}.v");
            writer.WriteText(modules[^1], templates.Render("block", BlockView.Of(design, block, command)));
        }
        var view = AcceleratorView.Of(design, command);
        modules.Add($"rtl/{design.Name}.v");
        writer.WriteText(modules[^1], templates.Render("accelerator", view));
        writer.WriteText($"sim/{design.Name}_sim.v", templates.Render("accelerator_sim", view));
        writer.WriteText("cosim/ports.h", templates.Render("modules/ports.h.sbn", view));
        foreach (var image in design.Blocks.SelectMany(BlockImages.Create).Concat(SharedImages.Create(design)))
        {
            writer.WriteText($"mem/{image.Name}", image.ToText());
        }
        foreach (var waiver in Directory.EnumerateFiles(Path.Combine(templateFolder, "lint"), "*.vlt").Order(StringComparer.Ordinal))
        {
            writer.CopyText($"lint/{Path.GetFileName(waiver)}", waiver);
        }
        var shell = new ShellDesign(design, manifest);
        modules.AddRange(WriteShell(writer, shell, command));
        WriteBench(writer, shell, command);
        WriteVivado(writer, VivadoView.Of(shell, Target, command));
        writer.WriteText("filelist.f", Lines(modules));
        writer.WriteText("filelist_bench.f", Lines([.. modules, $"sim/{design.Name}_bench.v"]));
        writer.WriteText("filelist_sim.f", Lines([.. modules, $"sim/{design.Name}_sim.v"]));
        writer.WriteText("manifest.json", manifest);
        writer.Commit();
    }

    /// <summary>The AXI shell, its registers as Verilog, C and Markdown, and the driver.</summary>
    /// <returns>The Verilog files.</returns>
    private string[] WriteShell(RtlWriter writer, ShellDesign shell, string command)
    {
        var registers = RegisterView.Of(shell, command);
        string[] modules = [$"rtl/{registers.Module}.v", $"rtl/{shell.Name}.v"];
        writer.WriteText(modules[0], templates.Render("registers", registers));
        writer.WriteText(modules[1], templates.Render("axi", ShellView.Of(shell, command)));
        writer.WriteText("docs/registers.md", templates.Render("modules/registers.md.sbn", registers));
        writer.WriteText("driver/hypgcn_registers.h", templates.Render("modules/registers.h.sbn", registers));
        writer.WriteText($"driver/{shell.Design.Name}_design.h", templates.Render("modules/design.h.sbn", registers));
        foreach (var source in Directory.EnumerateFiles(Path.Combine(templateFolder, "driver")).Order(StringComparer.Ordinal))
        {
            writer.CopyText($"driver/{Path.GetFileName(source)}", source);
        }
        return modules;
    }

    private void WriteBench(RtlWriter writer, ShellDesign shell, string command)
    {
        var vectors = BenchVectors.Create(shell, Clips, BenchPackets);
        var images = vectors.Images().ToList();
        var view = BenchView.Of(ShellView.Of(shell, command), vectors, images[^1].Depth, Target.ClockMhz, command);
        writer.WriteText($"sim/{shell.Design.Name}_bench.v", templates.Render("bench", view));
        foreach (var image in images)
        {
            writer.WriteText($"sim/vectors/{image.Name}", image.ToText());
        }
    }

    private void WriteVivado(RtlWriter writer, VivadoView view)
    {
        foreach (var (name, template) in new[]
        {
            ("sources.tcl", "sources.tcl"), ("build.tcl", "build.tcl"), ("project.tcl", "project.tcl"), ("package_ip.tcl", "package_ip.tcl"),
            ($"{view.Design}.xdc", "constraints.xdc"), ("README", "README"),
        })
        {
            writer.WriteText($"vivado/{name}", templates.Render($"vivado/{template}.sbn", view));
        }
    }

    private static void CheckName(string name, IEnumerable<string> primitives)
    {
        var isTaken = primitives.Any(path => Path.GetFileNameWithoutExtension(path) == name);
        if (isTaken || VerilogKeywords.Contains(name))
        {
            throw new HypgcnException(
                $"name: '{name}'; {(isTaken ? "a primitive has this name" : "it is a keyword of Verilog")}, and the top module needs its own. Choose another name.");
        }
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
