using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Hardware;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Emission;

[TestFixture]
internal sealed class DesignEmitterTests
{
    // Lines of instances with many ports are longer than the 100 columns of written code.
    private const int ColumnLimit = 200;

    [Test]
    public void ModuleTemplates_All_AreWritten() => Assert.That(
        TemplateSet.Installed.ModuleTemplates(),
        Is.EqualTo(
        [
            "modules/accelerator.v.sbn", "modules/accelerator_sim.v.sbn", "modules/axi.v.sbn", "modules/bench.v.sbn", "modules/block.v.sbn",
            "modules/design.h.sbn", "modules/ports.h.sbn", "modules/registers.h.sbn", "modules/registers.md.sbn", "modules/registers.v.sbn",
        ]),
        "a template that DesignEmitter does not render is dead, one that it renders and is not here is not tested");

    [Test]
    public void Write_RandomDesigns_IsCleanText([Range(3001, 3006)] int seed)
    {
        using var folder = new TemporaryFolder();
        var random = FuzzDraw.Draw(seed, FuzzBounds.Full);
        string path = folder.File("design");
        random.Write(path);
        string[] files = Directory.GetFiles(path, "*", SearchOption.AllDirectories);
        Assert.That(files.SelectMany(file => Problems(file, File.ReadAllText(file))), Is.Empty, random.Case.ToString());
        string listed = File.ReadAllText(Path.Combine(path, "filelist.f"));
        Assert.That(
            listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            Is.EqualTo(Directory.GetFiles(Path.Combine(path, "rtl")).Select(file => $"rtl/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Write_Twice_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        var random = FuzzDraw.Draw(3001, FuzzBounds.Full);
        random.Write(folder.File("a"));
        FuzzDraw.Draw(3001, FuzzBounds.Full).Write(folder.File("b"));
        foreach (string file in Directory.GetFiles(folder.File("a"), "*", SearchOption.AllDirectories))
        {
            string other = Path.Combine(folder.File("b"), Path.GetRelativePath(folder.File("a"), file));
            Assert.That(File.ReadAllText(other), Is.EqualTo(File.ReadAllText(file)), file);
        }
    }

    [TestCase("wire", "it is a keyword of Verilog")]
    [TestCase("interface", "it is a keyword of Verilog")]
    [TestCase("rfc_fifo", "a primitive has this name")]
    public void Write_NameThatIsTaken_ThrowsAndWritesNothing(string name, string why)
    {
        using var folder = new TemporaryFolder();
        var design = new AcceleratorDesign(name, TestDesigns.Model, TestDesigns.OneLane);
        Assert.That(
            () => new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(design, folder.File("x"), "{}\n", "hypgcn generate"),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
                $"name: '{name}'; {why}, and the top module needs its own. Choose another name."));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    private static IEnumerable<string> Problems(string file, string text)
    {
        string name = Path.GetFileName(file);
        if (!text.EndsWith('\n') || text.Contains('\r', StringComparison.Ordinal) || text.Contains('\t', StringComparison.Ordinal))
        {
            yield return $"{name}: CR, tab or no final line break";
        }
        if (text.Any(letter => letter > 127))
        {
            yield return $"{name}: not ASCII";
        }
        foreach (string line in text.Split('\n'))
        {
            if (line.EndsWith(' '))
            {
                yield return $"{name}: trailing blank: {line}";
            }
            // A word of a memory image is as long as it is wide.
            if (line.Length > ColumnLimit && !name.EndsWith(".mem", StringComparison.Ordinal) && !name.EndsWith(".md", StringComparison.Ordinal))
            {
                yield return $"{name}: {line.Length} columns: {line}";
            }
        }
    }
}
