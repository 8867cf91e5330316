using System.Numerics;
using Hypgcn.Emission;

namespace Hypgcn.Tests.Emission;

public sealed class VerilogLiteralTests
{
    [TestCase(5, 16, ExpectedResult = "16'sd5")]
    [TestCase(-5, 16, ExpectedResult = "-16'sd5")]
    [TestCase(0, 1, ExpectedResult = "1'sd0")]
    [TestCase(-1, 1, ExpectedResult = "1'sh1")]
    [TestCase(32767, 16, ExpectedResult = "16'sd32767")]
    [TestCase(-32768, 16, ExpectedResult = "16'sh8000")]
    [TestCase(-32767, 16, ExpectedResult = "-16'sd32767")]
    public string Signed_InRange_IsSized(int value, int widthBits) => VerilogLiteral.Signed(value, widthBits);

    [TestCase(32768, 16)]
    [TestCase(-32769, 16)]
    [TestCase(1, 1)]
    public void Signed_OutOfRange_Throws(int value, int widthBits) =>
        Assert.That(() => VerilogLiteral.Signed(value, widthBits), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(255, 8, ExpectedResult = "8'd255")]
    [TestCase(0, 1, ExpectedResult = "1'd0")]
    public string Unsigned_InRange_IsSized(int value, int widthBits) => VerilogLiteral.Unsigned(value, widthBits);

    [TestCase(256, 8)]
    [TestCase(-1, 8)]
    [TestCase(0, 0)]
    public void Unsigned_OutOfRange_Throws(int value, int widthBits) =>
        Assert.That(() => VerilogLiteral.Unsigned(value, widthBits), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(255, 16, ExpectedResult = "16'h00ff")]
    [TestCase(9, 5, ExpectedResult = "5'h09")]
    public string Hex_InRange_HasAllDigits(int value, int widthBits) => VerilogLiteral.Hex(value, widthBits);

    [TestCase(5, 4, ExpectedResult = "4'b0101")]
    public string Binary_InRange_HasAllDigits(int value, int widthBits) => VerilogLiteral.Binary(value, widthBits);

    [TestCase(-1, 16, ExpectedResult = "ffff")]
    [TestCase(-8, 4, ExpectedResult = "8")]
    [TestCase(0, 9, ExpectedResult = "000")]
    public string MemoryWord_AnySign_IsTwosComplement(int value, int widthBits) =>
        VerilogLiteral.MemoryWord(value, widthBits);

    [Test]
    public void MemoryWord_WiderThanAnyInteger_KeepsAllBits() =>
        Assert.That(VerilogLiteral.MemoryWord((BigInteger.One << 99) + 1, 100), Is.EqualTo("8" + new string('0', 23) + "1"));
}
