using Hypgcn.Emission;
using Hypgcn.Synthesis;

namespace Hypgcn.Benchmarks;

/// <summary>Module configurations to synthesise, one a line: <c>stream_fifo WIDTH=272 DEPTH=8</c>.</summary>
/// <param name="Library">The hand-written modules.</param>
/// <param name="Modules">The lines.</param>
internal sealed record ResourceSweep(RtlLibrary Library, IReadOnlyList<ModuleConfiguration> Modules)
{
    /// <param name="path">The file.</param>
    /// <param name="folder">Where images for read-only memories are written: bits at random.</param>
    internal static ResourceSweep Read(string path, string folder)
    {
        var library = RtlLibrary.FromFiles(folder, Directory.EnumerateFiles(Path.Combine(TemplateFolder.Templates, "primitives"), "*.v").Order(StringComparer.Ordinal));
        var modules = new List<ModuleConfiguration>();
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var module = ModuleConfiguration.Of(words[0], words[1..].Select(word => KeyValuePair.Create(word.Split('=')[0], word.Split('=')[1])));
            modules.Add(words[0] == "memory_rom" ? WithImage(module, folder) : module);
        }
        return new ResourceSweep(library, modules);
    }

    private static ModuleConfiguration WithImage(ModuleConfiguration module, string folder)
    {
        var (width, depth) = (module.Integer("WIDTH", 16), module.Integer("DEPTH", 64));
        var random = new Random(1);
        var name = $"random_{width}x{depth}.mem";
        File.WriteAllLines(Path.Combine(folder, name), Enumerable.Range(0, depth).Select(_ => string.Concat(
            Enumerable.Range(0, (width + 3) / 4).Select(digit => "0123456789abcdef"[random.Next(digit == 0 && width % 4 != 0 ? 1 << (width % 4) : 16)]))));
        return ModuleConfiguration.Of(module.Name, module.Parameters.Append(KeyValuePair.Create("FILE", $"\"{name}\"")));
    }
}
