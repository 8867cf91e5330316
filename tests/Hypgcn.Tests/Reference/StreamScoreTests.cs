using Hypgcn.Reference;

namespace Hypgcn.Tests.Reference;

[TestFixture]
public sealed class StreamScoreTests
{
    [Test]
    public void Sum_OfDifferentFractionBits_AddsRealNumbers()
    {
        var first = StreamScore.Real([[3, -1], [8, 4]], 2);
        var second = StreamScore.Real([[1, 1], [-16, 0]], 3);

        Assert.That(StreamScore.Sum(first, second), Is.EqualTo(new double[][] { [0.875, -0.125], [0, 1] }));
    }

    [Test]
    public void Sum_ClipWithoutLogits_HasNoneAndIsNotRight()
    {
        var sum = StreamScore.Sum([[1, 0], []], [[1, 0], [1, 0]]);

        Assert.That(sum, Is.EqualTo(new double[][] { [2, 0], [] }));
        Assert.That(Accuracy.Top1(sum, [0, 0]), Is.EqualTo(0.5));
    }

    [Test]
    public void Sum_OfOtherShapes_Throws()
    {
        Assert.That(() => StreamScore.Sum([[1]], [[1], [2]]), Throws.ArgumentException);
        Assert.That(() => StreamScore.Sum([[1]], [[1, 2]]), Throws.ArgumentException);
    }
}
