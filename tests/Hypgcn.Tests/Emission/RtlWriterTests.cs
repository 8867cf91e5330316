using Hypgcn.Emission;

namespace Hypgcn.Tests.Emission;

public sealed class RtlWriterTests
{
    private string _parent = "";

    private string Folder => Path.Combine(_parent, "design");

    [SetUp]
    public void CreateParent() => _parent = Directory.CreateTempSubdirectory("hypgcn-rtl-").FullName;

    [TearDown]
    public void DeleteParent() => Directory.Delete(_parent, recursive: true);

    [Test]
    public void Commit_OverOldDesign_LeavesExactlyTheNewFiles()
    {
        Write("old.v");
        Write("rtl/new.v");
        Assert.Multiple(() =>
        {
            Assert.That(Directory.GetFileSystemEntries(_parent), Is.EqualTo(new[] { Folder }));
            Assert.That(File.Exists(Path.Combine(Folder, "old.v")), Is.False);
            Assert.That(File.ReadAllText(Path.Combine(Folder, "rtl", "new.v")), Is.EqualTo("// text\n"));
        });
    }

    [Test]
    public void Dispose_WithoutCommit_LeavesTheOldDesign()
    {
        Write("old.v");
        using (var writer = new RtlWriter(Folder))
        {
            writer.WriteText("new.v", "// text\n");
        }

        Assert.Multiple(() =>
        {
            Assert.That(Directory.GetFileSystemEntries(_parent), Is.EqualTo(new[] { Folder }));
            Assert.That(File.Exists(Path.Combine(Folder, "old.v")), Is.True);
        });
    }

    [TestCase("a \n", 1, "trailing blanks")]
    [TestCase("a", 1, "no final line break, or more than one")]
    [TestCase("a\n\n", 3, "no final line break, or more than one")]
    [TestCase("a\n\r\n", 2, "the character U+000D, which is not printable ASCII")]
    [TestCase("\ta\n", 1, "the character U+0009, which is not printable ASCII")]
    [TestCase("µ\n", 1, "the character U+00B5, which is not printable ASCII")]
    public void WriteText_BrokenRule_Throws(string text, int line, string reason)
    {
        using var writer = new RtlWriter(Folder);
        Assert.That(
            () => writer.WriteText("a.v", text), Throws.InvalidOperationException.With.Message.EqualTo($"a.v({line}): the generated text has {reason}."));
    }

    [Test]
    public void WriteText_OutsideOrTwice_Throws()
    {
        using var writer = new RtlWriter(Folder);
        writer.WriteText("a.v", "// text\n");
        Assert.Multiple(() =>
        {
            Assert.That(() => writer.WriteText("a.v", "// text\n"), Throws.InvalidOperationException);
            Assert.That(() => writer.WriteText("../a.v", "// text\n"), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void Constructor_FileInTheWay_SaysSo()
    {
        File.WriteAllText(Folder, "");
        Assert.That(
            () => new RtlWriter(Folder),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
                $"{Folder}: is a file; the output is a folder. Choose another name or remove the file."));
    }

    [Test]
    public void Constructor_ParentIsAFile_SaysSo()
    {
        string file = Path.Combine(_parent, "file");
        File.WriteAllText(file, "");
        Assert.That(
            () => new RtlWriter(Path.Combine(file, "design")),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
                $"{file}/design: cannot be written: Could not find a part of the path '{file}/design.staging'. Check the place and its permissions."));
    }

    private void Write(string path)
    {
        using var writer = new RtlWriter(Folder);
        writer.WriteText(path, "// text\n");
        writer.Commit();
    }
}
