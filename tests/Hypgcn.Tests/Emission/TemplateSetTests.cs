using Hypgcn.Emission;

namespace Hypgcn.Tests.Emission;

public sealed class TemplateSetTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("hypgcn-templates-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "modules"));
        Directory.CreateDirectory(Path.Combine(_folder, "partials"));
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Render_ModuleWithPartial_GivesTheText()
    {
        Add("modules/top.v.sbn", "module {{ module_name }} (\n  {{~ for port in ports ~}}\n  {{ include 'port' port ~}}\n  {{~ end ~}}\n);\n");
        Add("partials/_port.sbn", "input wire {{ $1.name }}_i{{ if $1.has_comma }},{{ end }}\n");
        var view = new { ModuleName = "top", Ports = new[] { new { Name = "clk", HasComma = true }, new { Name = "rst", HasComma = false } } };
        Assert.That(
            new TemplateSet(_folder).Render("top", view),
            Is.EqualTo("module top (\n  input wire clk_i,\n  input wire rst_i\n);\n"));
    }

    [TestCase("a\n  {{ mdule_name }}\n", "modules/top.v.sbn", 2, 6, "The variable or function `mdule_name` was not found")]
    [TestCase("{{ if module_name", "modules/top.v.sbn", 1, 1, "The tag is not closed by `}}`")]
    [TestCase("{{ include 'bad' }}", "partials/_bad.sbn", 2, 4, "The variable or function `nope` was not found")]
    [TestCase("{{ include 'absent' }}", "partials/_absent.sbn", 1, 1, "the template cannot be read from FOLDER: Could not find file 'FOLDER/partials/_absent.sbn'")]
    public void Render_Broken_SaysFileLineAndColumn(string text, string file, int line, int column, string said)
    {
        Add("modules/top.v.sbn", text);
        Add("partials/_bad.sbn", "ok\n{{ nope }}");
        TemplateException problem = Assert.Throws<TemplateException>(
            () => new TemplateSet(_folder).Render("top", new { ModuleName = "top" }))!;
        Assert.Multiple(() =>
        {
            Assert.That(problem.File, Is.EqualTo(file));
            Assert.That(problem.Line, Is.EqualTo(line));
            Assert.That(problem.Column, TemplateEngine.IsStandin ? Is.EqualTo(column) : Is.Positive);
            Assert.That(problem.Message, TemplateEngine.IsStandin ? Is.EqualTo($"{file}({line},{column}): {said.Replace("FOLDER", _folder, StringComparison.Ordinal)}.") : Does.StartWith($"{file}({line},").And.Not.Contains("\n"));
        });
    }

    [Test]
    public void Render_NoSuchTemplate_NamesTheFile() => Assert.That(
        () => new TemplateSet(_folder).Render("absent", new { }),
        Throws.TypeOf<TemplateException>().With.Message.EqualTo(
            $"modules/absent.v.sbn(1,1): the template cannot be read from {_folder}: Could not find file '{_folder}/modules/absent.v.sbn'."));

    [Test]
    public void Locate_FolderThatIsNotInstalled_SaysSo()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "nothing");
        Assert.That(() => TemplateFolder.Locate("nothing"), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{path}: the folder is missing; it is installed beside the program. Build or install hypgcn again."));
    }

    private void Add(string path, string text) => File.WriteAllText(Path.Combine(_folder, path), text);
}
