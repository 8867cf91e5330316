using Hypgcn.Estimation;
using Hypgcn.Hardware;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Estimation;

[TestFixture]
internal sealed class RomContentsTests
{
    [TestCase(new[] { 0, 0, 0, 0 }, 0, 0, TestName = "zeros")]
    [TestCase(new[] { 15, 15, 15, 15 }, 0, 0, TestName = "ones")]
    [TestCase(new[] { 0, 1, 2, 3 }, 2, 2, TestName = "two bits")]
    [TestCase(new[] { 0, 3, 0, 3 }, 1, 1, TestName = "equal bits")]
    public void Of_FewWords_CountsBitsThatDiffer(int[] words, int columns, int tables)
    {
        var image = new MemoryImage("m.mem", 4, words.Length, image =>
        {
            for (var word = 0; word < words.Length; word++)
            {
                image.Set(word, 0, 4, words[word]);
            }
        });
        Assert.That(RomContents.Of(image), Is.EqualTo(new RomContents(columns, tables)));
    }

    /// <summary>A bit that changes between parts but not within one is a register and no table; equal parts of two bits are one table.</summary>
    [Test]
    public void Of_MoreThan64Words_CountsTablesByParts()
    {
        var image = new MemoryImage("m.mem", 3, 130);
        for (var word = 0; word < 130; word++)
        {
            image.Set(word, 0, 1, word < 64 ? 0 : 1);
            image.Set(word, 1, 1, word < 64 ? word % 2 : 1);
            image.Set(word, 2, 1, word < 64 ? word % 2 : 0);
        }
        Assert.That(RomContents.Of(image), Is.EqualTo(new RomContents(3, 1)));
        Assert.That(RomContents.FromValue(RomContents.Of(image).Value), Is.EqualTo(RomContents.Of(image)));
    }

    [Test]
    public void Read_FileOfAnImage_IsTheImage()
    {
        var random = new Random(3);
        var image = new MemoryImage("m.mem", 37, 100);
        for (var word = 0; word < 100; word++)
        {
            image.Set(word, 0, 37, random.NextInt64(1L << 37));
        }
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.mem"), image.ToText());
        Assert.That(RomContents.Of(image), Is.EqualTo(new RomContents(37, 74)));
        Assert.That(RomContents.Read(folder.File("m.mem")), Is.EqualTo(RomContents.Of(image)));
    }

    [Test]
    public void Read_NoImage_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.mem");
        Assert.That(() => RomContents.Read(path), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{path}: the file is missing or empty; a memory of the design is read from it. Run hypgcn generate again."));
        File.WriteAllText(path, "0f\n0g\n");
        Assert.That(() => RomContents.Read(path), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{path}, line 2: `0g` is no hexadecimal word. Run hypgcn generate again."));
    }

    /// <summary>Images that say they are equal are: what is kept for one lane count is never taken for another.</summary>
    [Test]
    public void Variant_OtherLanes_OfEqualKeysHaveEqualImages()
    {
        var design = Hardware.TestDesigns.Model;
        var block = new AcceleratorDesign("d", design, Hardware.TestDesigns.OneLane).Blocks[2];
        var seen = new Dictionary<(string, int, (int, int, int, bool)), string>();
        foreach (var lanes in new[] { 1, 2, 3, 4 })
        {
            foreach (var columns in new[] { 1, 2, 3 })
            {
                var other = block.With(block.Parameters with
                {
                    GraphLanes = 1, JointLanes = lanes, GraphWords = columns, ArrayChannels = 4 * columns, SpatialFinish = columns == 3 ? 1 : columns,
                    TemporalGroups = lanes == 3 ? 1 : lanes, TemporalColumns = columns, DownChannels = lanes, DownColumns = columns, ResidualChannels = lanes, ResidualColumns = columns,
                });
                foreach (var image in BlockImages.Create(other))
                {
                    var key = (image.Name, image.WidthBits, image.Variant);
                    Assert.That(image.ToText(), Is.EqualTo(seen.TryGetValue(key, out var before) ? before : image.ToText()), $"{key}");
                    seen[key] = image.ToText();
                }
            }
        }
        Assert.That(seen, Has.Count.GreaterThan(40));
    }
}
