using System.Globalization;
using System.Numerics;
using Hypgcn.Fuzzing;
using Hypgcn.Hardware;

namespace Hypgcn.Tests.Hardware;

[TestFixture]
internal sealed class MemoryImageTests
{
    [Test]
    public void ToText_Words_AreLowerCaseHexWithoutPrefix()
    {
        var image = new MemoryImage("m.mem", 13, 3);
        image.Set(0, 0, 13, -1);
        image.Set(2, 3, 5, 0b10110);
        Assert.That(image.ToText(), Is.EqualTo("1fff\n0000\n00b0\n"));
    }

    [Test]
    public void SetLanes_Values_FirstIsLowest()
    {
        var image = new MemoryImage("m.mem", 24, 1);
        image.SetLanes(0, 8, [1, -2, 0x7F]);
        Assert.That(image.ToText(), Is.EqualTo("7ffe01\n"));
    }

    [Test]
    public void Set_Twice_KeepsTheNeighboursAndTheLastValue()
    {
        var image = new MemoryImage("m.mem", 64, 1);
        image.Set(0, 0, 64, -1);
        image.Set(0, 21, 22, 0);
        image.Set(0, 30, 3, 0b101);
        Assert.That(image.ToText(), Is.EqualTo("fffff801401fffff\n"));
    }

    [Test]
    public void Set_AnyPlace_IsWhatBigIntegersSay([Random(20)] int seed)
    {
        var random = new Random(seed);
        var width = random.Next(1, 300);
        var image = new MemoryImage("m.mem", width, 1);
        BigInteger expected = 0;
        for (var n = 0; n < 10; n++)
        {
            var bits = random.Next(1, Math.Min(64, width) + 1);
            var offset = random.Next(0, width - bits + 1);
            var value = random.NextInt64() >> (64 - bits);
            var mask = (BigInteger.One << bits) - 1;
            expected = (expected & ~(mask << offset)) | ((value & mask) << offset);
            image.Set(0, offset, bits, value);
        }
        var read = BigInteger.Parse("0" + image.ToText().TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.That(read, Is.EqualTo(expected), $"seed {seed}");
        Assert.That(image.ToText(), Has.Length.EqualTo(((width + 3) / 4) + 1));
    }

    [Test]
    public void Columns_AnySize_AreTheBitsOfTheWords([Random(20)] int seed)
    {
        var random = new Random(seed);
        var image = new MemoryImage("m.mem", random.Next(1, 40), random.Next(1, 200));
        for (var word = 0; word < image.Depth; word++)
        {
            image.Set(word, 0, image.WidthBits, random.NextInt64(1L << image.WidthBits));
        }
        Assert.That(image.Columns(), Is.EqualTo(Turned(image)), $"seed {seed}");
    }

    /// <summary>Columns of graph engines' coefficients are made without the words.</summary>
    [Test]
    public void Columns_GraphEngines_AreTheBitsOfTheWords([Range(3001, 3012)] int seed)
    {
        foreach (BlockDesign block in FuzzDraw.Draw(seed, FuzzBounds.Small).Design.Blocks)
        {
            var image = BlockImages.Create(block).Single(image => image.Name.EndsWith("_graph.mem", StringComparison.Ordinal));
            Assert.That(image.Columns(), Is.EqualTo(Turned(image)), $"{block.Name} of seed {seed}");
        }
    }

    private static ulong[] Turned(MemoryImage image)
    {
        var columns = new ulong[image.WidthBits * image.ColumnPlaces];
        for (var word = 0; word < image.Depth; word++)
        {
            for (var bit = 0; bit < image.WidthBits; bit++)
            {
                columns[(bit * image.ColumnPlaces) + (word / 64)] |= (ulong)(image.Get(word, bit, 1) & 1) << (word % 64);
            }
        }
        return columns;
    }

    [TestCase(-1, 0, 8, 0L)]
    [TestCase(2, 0, 8, 0L)]
    [TestCase(0, 9, 8, 0L)]
    [TestCase(0, -1, 8, 0L)]
    [TestCase(0, 0, 8, 256L)]
    [TestCase(0, 0, 8, -129L)]
    public void Set_OutOfRange_Throws(int word, int offset, int bits, long value) => Assert.That(
        () => new MemoryImage("m.mem", 16, 2).Set(word, offset, bits, value), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(255L)]
    [TestCase(-128L)]
    public void Set_SignedOrUnsignedExtreme_Fits(long value) =>
        Assert.That(() => new MemoryImage("m.mem", 16, 2).Set(1, 8, 8, value), Throws.Nothing);
}
