using Hypgcn.Quantization;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
public sealed class SumRangeTests
{
    [TestCase(0, 0, 1)]
    [TestCase(-1, 0, 1)]
    [TestCase(0, 1, 2)]
    [TestCase(-2, 1, 2)]
    [TestCase(-3, 1, 3)]
    [TestCase(-2, 2, 3)]
    [TestCase(-128, 127, 8)]
    [TestCase(-128, 128, 9)]
    [TestCase(-129, 127, 9)]
    [TestCase(0, 32767, 16)]
    [TestCase(long.MinValue, long.MaxValue, 64)]
    public void WidthBits_Boundary_IsSmallest(long min, long max, int expected) =>
        Assert.That(new SumRange(min, max).WidthBits, Is.EqualTo(expected));
}
