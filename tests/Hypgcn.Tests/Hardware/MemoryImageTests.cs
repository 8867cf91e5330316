using System.Globalization;
using System.Numerics;
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
