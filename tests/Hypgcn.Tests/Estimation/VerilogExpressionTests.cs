using Hypgcn.Estimation;

namespace Hypgcn.Tests.Estimation;

[TestFixture]
internal sealed class VerilogExpressionTests
{
    [TestCase("1 + 2*3", 7)]
    [TestCase("(DEPTH > 1) ? $clog2(DEPTH) : 1", 3)]
    [TestCase("DEPTH > 64 && DEPTH < 100 ? 5 : DEPTH == 5 ? 6 : 7", 6)]
    [TestCase("1 << (DEPTH - 2)", 8)]
    [TestCase("-DEPTH + 7 % 4", -2)]
    [TestCase("!DEPTH || DEPTH != 5", 0)]
    [TestCase("8'hff - 4'd3 + 3'b101", 257)]
    [TestCase("$max(DEPTH, 3) - $min(DEPTH, 3)", 2)]
    [TestCase("$ceil(DEPTH, 2)", 3)]
    public void Compile_Expression_HasVerilogsValue(string text, long value) =>
        Assert.That(VerilogExpression.Compile(text, Slot)([5]), Is.EqualTo(value));

    [TestCase("\"text\"")]
    [TestCase("{4'd1, DEPTH}")]
    [TestCase("DEPTH[2:0] + 1")]
    [TestCase("OTHER*2")]
    [TestCase("DEPTH / 0")]
    [TestCase("96'hffffffffffffffffffffffff")]
    public void Compile_NoInteger_IsUnknown(string text) =>
        Assert.That(VerilogExpression.Compile(text, Slot)([5]), Is.EqualTo(VerilogExpression.Unknown));

    [TestCase(1, 0)]
    [TestCase(4, 1)]
    [TestCase(5, 2)]
    [TestCase(16, 4)]
    [TestCase(25, 8)]
    public void Mux_Inputs_TakesFourALut(int inputs, long luts) => Assert.That(ResourceFunctions.Evaluate("$mux", [inputs]), Is.EqualTo(luts));

    [TestCase(64, 25, 44)]
    [TestCase(64, 64, 88)]
    [TestCase(20, 65, 48)]
    [TestCase(20, 97, 56)]
    [TestCase(72, 138, 240)]
    public void LutRam_WidthAndDepth_TakesWholeCells(int width, int depth, long luts) =>
        Assert.That(ResourceFunctions.Evaluate("$lutram", [width, depth]), Is.EqualTo(luts));

    private static int? Slot(string name) => name == "DEPTH" ? 0 : null;
}
