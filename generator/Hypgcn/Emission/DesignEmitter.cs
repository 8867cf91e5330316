using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>Writes a design as a folder of plain Verilog, memory images and what simulation needs.</summary>
/// <param name="templates">The templates.</param>
/// <param name="templateFolder">Their folder, with the hand-written primitives.</param>
public sealed class DesignEmitter(TemplateSet templates, string templateFolder)
{
    /// <summary>Writes the folder: <c>rtl/ mem/ sim/ lint/ cosim/ports.h filelist.f filelist_sim.f manifest.json</c>.</summary>
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
        writer.WriteText("filelist.f", Lines(modules));
        writer.WriteText("filelist_sim.f", Lines([.. modules, $"sim/{design.Name}_sim.v"]));
        writer.WriteText("manifest.json", manifest);
        writer.Commit();
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
