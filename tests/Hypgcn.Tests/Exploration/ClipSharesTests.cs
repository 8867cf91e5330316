using Hypgcn.Exploration;
using Hypgcn.Hardware;

namespace Hypgcn.Tests.Exploration;

[TestFixture]
internal sealed class ClipSharesTests
{
    [Test]
    public void Cycles_Mean_RoundsUp()
    {
        var shares = ClipShares.Mean(3);
        Assert.That((shares.Cycles([100]), shares.Same(7)), Is.EqualTo((34L, 7L)));
    }

    [Test]
    public void Cycles_IntervalPerClip_AreOfTheSlowestForItsInterval()
    {
        // The mean interval is 300; clips may take 200, 300 and 400.
        var shares = ClipShares.Of([200, 300, 400]);
        Assert.That(
            (shares.Cycles([100, 100, 100]), shares.Cycles([100, 270, 280]), shares.Cycles([0, 0, 400]), shares.Same(100)),
            Is.EqualTo((150L, 270L, 300L, 150L)));
    }

    [Test]
    public void Engines_ClipsThatDiffer_AreSharedOutForEachClip()
    {
        // In the sum joints 0 and 1 are alike, and 2 and 3; in each clip they are not.
        long[][] work = [[90, 10, 80, 20], [10, 90, 20, 80]];
        var engines = ClipShares.Of([1, 1]).Engines(work, 2);
        Assert.That(engines.Engines, Is.EqualTo(new[] { 0, 1, 1, 0 }).Or.EqualTo(new[] { 1, 0, 0, 1 }));
    }

    [Test]
    public void Engines_RandomWork_AreNoSlowerThanByTheSum([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var (joints, engines) = (random.Next(2, 26), random.Next(2, 6));
        long[][] work = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, joints).Select(_ => random.NextInt64(1, 1000)).ToArray())];
        long[] intervals = [900, 1000, 1100];
        var chosen = ClipShares.Of(intervals).Engines(work, Math.Min(engines, joints));
        var sum = JointEngines.Balanced([.. Enumerable.Range(0, joints).Select(joint => work.Sum(clip => clip[joint]))], Math.Min(engines, joints));
        double Slowest(JointEngines by) => work.Select((clip, n) => Enumerable.Range(0, joints).GroupBy(joint => by[joint])
            .Max(engine => engine.Sum(joint => clip[joint])) / (intervals[n] / 1000.0)).Max();
        Assert.Multiple(() =>
        {
            Assert.That(chosen.Fits(joints, Math.Min(engines, joints)));
            Assert.That(Slowest(chosen), Is.LessThanOrEqualTo(Slowest(sum) + 1e-6));
        });
    }
}
