using Hypgcn.Hardware;

namespace Hypgcn.Tests.Hardware;

[TestFixture]
internal sealed class DesignMemoryTests
{
    [TestCase(36, 512, 1)]
    [TestCase(37, 512, 2)]
    [TestCase(72, 512, 2)]
    [TestCase(36, 513, 2)]
    [TestCase(18, 1024, 1)]
    [TestCase(19, 1024, 2)]
    [TestCase(9, 2048, 1)]
    [TestCase(4, 4096, 1)]
    [TestCase(1, 16384, 1)]
    [TestCase(1, 16385, 2)]
    [TestCase(100, 3000, 18, Description = "3 x 6 of 512 x 36, or 6 x 3 of 1024 x 18")]
    [TestCase(272, 65, 8)]
    [TestCase(400, 1100, 34, Description = "17 blocks of 512 x 72: the 40 bits beside five columns are five bytes, of which a block holds eight")]
    [TestCase(272, 5000, 78)]
    [TestCase(20, 6000, 9)]
    [TestCase(10, 3000, 3)]
    [TestCase(896, 10752, 550, Description = "275 blocks of 1024 x 36: 262.5 of 512 x 72 would take a multiplexer of 21 words instead of 11")]
    [TestCase(1008, 9472, 560)]
    [TestCase(304, 10752, 187)]
    [TestCase(304, 5376, 102)]
    [TestCase(39, 11520, 30)]
    public void BlockRamHalves_Registered_IsTheBestAspectRatio(int width, int depth, int halves)
    {
        var memory = new DesignMemory("m", width, depth, IsRom: true, IsRegistered: true);
        Assert.That((memory.BlockRamHalves, memory.Luts, memory.IsBlockRam), Is.EqualTo((halves, 0, true)));
        Assert.That(memory.Bits, Is.EqualTo((long)width * depth));
    }

    [TestCase(16, 64, true, true, 16, Description = "shallow: LUTs although registered")]
    [TestCase(16, 65, true, false, 32)]
    [TestCase(3, 64, false, true, 4, Description = "one RAM64M")]
    [TestCase(272, 8, false, false, 363)]
    [TestCase(64, 1000, false, false, 86 * 16)]
    public void Luts_ShallowOrUnregistered_IsNoBlockRam(int width, int depth, bool isRom, bool isRegistered, int luts)
    {
        var memory = new DesignMemory("m", width, depth, isRom, isRegistered);
        Assert.That((memory.BlockRamHalves, memory.Luts, memory.IsBlockRam), Is.EqualTo((0, luts, false)));
    }

    [Test]
    public void List_Design_HoldsEveryImageBitForBit()
    {
        var design = new AcceleratorDesign("d", TestDesigns.Model, TestDesigns.OneLane);
        var roms = DesignMemories.List(design).Where(memory => memory.IsRom).Select(memory => (memory.WidthBits, memory.Depth));
        var images = design.Blocks.SelectMany(BlockImages.Create).Concat(SharedImages.Create(design)).Select(image => (image.WidthBits, image.Depth));
        Assert.That(roms.Order(), Is.EqualTo(images.Order()));
    }

    [Test]
    public void List_Design_HasUniqueNames() => Assert.That(
        DesignMemories.List(new AcceleratorDesign("d", TestDesigns.Model, TestDesigns.OneLane)).Select(memory => memory.Name), Is.Unique);
}
