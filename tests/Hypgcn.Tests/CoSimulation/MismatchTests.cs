using Hypgcn.CoSimulation;

namespace Hypgcn.Tests.CoSimulation;

[TestFixture]
internal sealed class MismatchTests
{
    [Test]
    public void ToString_NegativeValue_ShowsTheBitsOfTheWaveform()
    {
        var mismatch = new Mismatch
        {
            Kind = MismatchKind.Value,
            Boundary = "block2.x",
            Block = 2,
            Clip = 1,
            Person = 0,
            Frame = 3,
            Joint = 4,
            Channel = 5,
            Cycle = 678,
            Expected = -2,
            Actual = 127,
            Bits = 8,
        };
        Assert.That(mismatch.ToString(), Is.EqualTo(
            "block2.x: clip 1, person 0, frame 3, joint 4, channel 5, cycle 678: is 127 (0x7f); expected -2 (0xfe)"));
    }

    [Test]
    public void ToString_NothingCame_SaysSo()
    {
        var mismatch = new Mismatch { Kind = MismatchKind.Missing, Boundary = "logits", Clip = 0, Channel = 2, Expected = -1, Bits = 64 };
        Assert.That(mismatch.ToString(), Is.EqualTo("logits: clip 0, channel 2: is nothing; expected -1 (0xffffffffffffffff)"));
    }
}
