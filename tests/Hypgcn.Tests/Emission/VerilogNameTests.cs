using Hypgcn.Emission;

namespace Hypgcn.Tests.Emission;

public sealed class VerilogNameTests
{
    [TestCase("x")]
    [TestCase("row_valid_q2")]
    [TestCase("u_block_10")]
    public void Signal_LowerSnake_IsTheSame(string name) => Assert.That(VerilogName.Signal(name), Is.EqualTo(name));

    [TestCase("Row", "`Row` is not lower_snake.")]
    [TestCase("row__q", "`row__q` is not lower_snake.")]
    [TestCase("2nd", "`2nd` is not lower_snake.")]
    [TestCase("", "`` is not lower_snake.")]
    [TestCase("wire", "`wire` is a keyword of Verilog or SystemVerilog.")]
    [TestCase("logic", "`logic` is a keyword of Verilog or SystemVerilog.")]
    public void Signal_OtherForm_Throws(string name, string message) =>
        Assert.That(() => VerilogName.Signal(name), Throws.ArgumentException.With.Message.StartsWith(message));

    [Test]
    public void Take_SameNameInAnotherCase_Throws()
    {
        var names = new VerilogName();
        names.Take("depth");
        Assert.That(() => names.TakeConstant("DEPTH"), Throws.ArgumentException);
    }
}
