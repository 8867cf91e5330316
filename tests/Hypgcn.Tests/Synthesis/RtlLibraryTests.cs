using Hypgcn.Synthesis;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Synthesis;

[TestFixture]
internal sealed class RtlLibraryTests
{
    [Test]
    public void Read_FolderWithoutList_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => RtlLibrary.Read(folder.Path), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{folder.Path}: filelist.f is missing; a design folder holds it. Check the path or run hypgcn generate."));
    }

    [Test]
    public void Read_FileOfTheListMissing_NamesIt()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("filelist.f"), "gone.v\n");
        Assert.That(() => RtlLibrary.Read(folder.Path), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{folder.File("gone.v")}: the file is missing; filelist.f names it. Run hypgcn generate again."));
    }

    [Test]
    public void Read_FileWithoutModule_NamesIt()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("filelist.f"), "empty.v\n");
        File.WriteAllText(folder.File("empty.v"), "// nothing\n");
        Assert.That(() => RtlLibrary.Read(folder.Path), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{folder.File("empty.v")}: no module; every file of the list holds one. Run hypgcn generate again."));
    }
}
