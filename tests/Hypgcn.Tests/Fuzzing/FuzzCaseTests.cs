using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Fuzzing;

[TestFixture]
internal sealed class FuzzCaseTests
{
    [Test]
    public void Write_AnyCase_ReadsTheSame([Range(1, 20)] int seed)
    {
        using var folder = new TemporaryFolder();
        FuzzCase fuzz = FuzzDraw.Draw(seed, FuzzBounds.Small).Case;
        string path = folder.File("a/case.json");
        fuzz.Write(path);
        Assert.That(FuzzCase.Read(path).ToString(), Is.EqualTo(fuzz.ToString()));
    }

    [Test]
    public void Draw_SameSeed_IsTheSameDesignAndClips()
    {
        FuzzDesign one = FuzzDraw.Draw(4, FuzzBounds.Small);
        var two = new FuzzDesign(one.Case);
        Assert.That(FuzzDraw.Draw(4, FuzzBounds.Small).Case.ToString(), Is.EqualTo(one.Case.ToString()));
        Assert.That(two.Clips(), Is.EqualTo(one.Clips()));
        Assert.That(two.Design.Model.Blocks[0].Temporal, Is.EqualTo(one.Design.Model.Blocks[0].Temporal));
    }

    [Test]
    public void Draw_NothingIsSoSmall_IsRefusedAndSaysWhy() => Assert.That(
        () => FuzzDraw.Draw(1, FuzzBounds.Small with { Multipliers = 1 }),
        Throws.InvalidOperationException.With.Message.EqualTo(
            "seed 1: the rules refuse everything; the last: multipliers: 1; the least design of the network has more. Choose a larger bound."));

    [Test]
    public void Write_FolderThatIsAFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("file");
        File.WriteAllText(file, "");
        string path = Path.Combine(file, "case.json");
        Assert.That(() => FuzzDraw.Draw(4, FuzzBounds.Small).Case.Write(path), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{path}: the file cannot be written (The file '{file}' already exists); its folder must be writable. Choose another folder."));
    }

    [TestCase("{}", "the keys 'seed', 'weight_seed', 'joints', 'subsets', 'frames', 'persons' are missing (line 1, byte 3)")]
    [TestCase("{ \"sed\": 1 }", "the key 'sed' is unknown ($.sed, line 1, byte 9)")]
    [TestCase("[", "the value is of another type (line 1, byte 2)")]
    public void Read_OtherText_SaysWhatIsWrong(string text, string what)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("case.json");
        File.WriteAllText(path, text);
        Assert.That(() => FuzzCase.Read(path), Throws.InstanceOf<HypgcnException>().With.Message.EqualTo(
            $"{path}: {what}; a fuzz case is JSON. Use a file that hypgcn fuzz wrote."));
    }

    [Test]
    public void Read_NoBlocks_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("case.json");
        (FuzzDraw.Draw(1, FuzzBounds.Small).Case with { Blocks = [] }).Write(path);
        Assert.That(() => FuzzCase.Read(path), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{path}: has no blocks or no clips; a fuzz case has one or more of both. Use a file that hypgcn fuzz wrote."));
    }
}
