using Hypgcn.Pruning;

namespace Hypgcn.Tests.Pruning;

public sealed class GraphSkipTargetTests
{
    [TestCase(0.732)]
    [TestCase(0.3)]
    [TestCase(0.9)]
    public void Spread_TenBlocks_ReachesTheTargetWithEqualShares(double target)
    {
        IReadOnlyList<int> kept = Spread(target, 3);

        double[] shares = [.. kept.Skip(1).Zip(SmallCheckpoint.TenBlocks.Model.Blocks.Skip(1), (count, block) => (double)count / block.InputChannels)];
        Assert.That(kept[0], Is.EqualTo(3));
        Assert.That(shares.Max() - shares.Min(), Is.LessThanOrEqualTo(1.0 / 64));
        Assert.That(Skipped(kept), Is.EqualTo(target).Within(0.0005));
    }

    [Test]
    public void Spread_BlockGiven_OthersMakeUpForIt()
    {
        IReadOnlyList<int> kept = Spread(0.5, 3, null, 64);

        Assert.That(kept[2], Is.EqualTo(64));
        Assert.That(kept[1], Is.LessThan(32));
        Assert.That(Skipped(kept), Is.EqualTo(0.5).Within(0.0005));
    }

    [Test]
    public void Spread_Nothing_KeepsAll() => Assert.That(
        Spread(0.0, 3), Is.EqualTo(SmallCheckpoint.TenBlocks.Model.Blocks.Select(block => block.InputChannels)));

    [Test]
    public void Spread_OutOfReach_SaysWhatIsPossible() => Assert.That(
        () => Spread(0.999, 3),
        Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "pruning.graph_skip: 0.999; the blocks without channels of their own reach 0.000 to 0.984. Change it, or the channels given under pruning.blocks."));

    private static IReadOnlyList<int> Spread(double target, params int?[] given) => GraphSkipTarget.Spread(
        SmallCheckpoint.TenBlocks.Model, 300, target, [.. given, .. Enumerable.Repeat<int?>(null, 10 - given.Length)]);

    // Frames are 300, 150 and 75 after the strides.
    private static double Skipped(IReadOnlyList<int> kept)
    {
        int[] frames = [300, 300, 300, 300, 300, 150, 150, 150, 75, 75];
        double all = SmallCheckpoint.TenBlocks.Model.Blocks.Select((block, b) => (double)frames[b] * block.InputChannels).Sum();
        return 1 - (kept.Select((count, b) => (double)frames[b] * count).Sum() / all);
    }
}
