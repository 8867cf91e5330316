using Hypgcn.Pruning;

namespace Hypgcn.Tests.Pruning;

public sealed class TapPatternTests
{
    private static IReadOnlyList<string> Names => TapPattern.Names;

    [Test]
    public void Names_TwoToSevenTaps_OverThreeLoops() => Assert.That(Names, Is.EqualTo(
        from taps in Enumerable.Range(2, 6) from loop in new[] { 4, 8, 16 } select $"{taps}of9-loop{loop}"));

    [TestCaseSource(nameof(Names))]
    public void Named_EachName_IsBalancedOverFiltersAndTaps(string name)
    {
        TapPattern pattern = TapPattern.Named(name)!;
        int taps = name[0] - '0';

        Assert.That(pattern.Sets, Has.Count.EqualTo(int.Parse(name[(name.IndexOf("loop", StringComparison.Ordinal) + 4)..])));
        Assert.That(pattern.Sets.Select(set => set.Distinct().Count()), Is.All.EqualTo(taps));
        Assert.That(pattern.Sets, Is.All.Ordered);
        int[] uses = [.. Enumerable.Range(0, 9).Select(tap => pattern.Sets.Count(set => set.Contains(tap)))];
        Assert.That(uses.Sum(), Is.EqualTo(taps * pattern.Sets.Count));
        Assert.That(uses.Max() - uses.Min(), Is.LessThanOrEqualTo(1));
    }

    /// <summary>Sampling at a lower rate: going round the nine taps, the gaps between kept ones differ by at most one.</summary>
    [TestCaseSource(nameof(Names))]
    public void Named_EachSet_IsEvenInTime(string name) => Assert.That(
        TapPattern.Named(name)!.Sets.Select(set =>
        {
            int[] gaps = [.. set.Select((tap, n) => n + 1 < set.Count ? set[n + 1] - tap : set[0] + 9 - tap)];
            return gaps.Max() - gaps.Min();
        }),
        Is.All.LessThanOrEqualTo(1));

    [Test]
    public void Taps_BeyondTheLoop_Repeat()
    {
        TapPattern pattern = TapPattern.Named("3of9-loop4")!;

        Assert.That(pattern.Taps(0, 9), Is.EqualTo(new[] { 0, 3, 6 }));
        Assert.That(pattern.Taps(3, 9), Is.EqualTo(new[] { 0, 3, 6 }));
        Assert.That(pattern.Taps(4, 9), Is.EqualTo(new[] { 0, 3, 6 }));
        Assert.That(pattern.Taps(5, 9), Is.EqualTo(new[] { 1, 4, 7 }));
    }

    [Test]
    public void Taps_OfAll_AreThoseOfTheKernel() => Assert.That(TapPattern.Named("all")!.Taps(7, 5), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));

    [Test]
    public void Named_Unknown_IsNull() => Assert.That(TapPattern.Named("1of9-loop8"), Is.Null);

    [Test]
    public void Own_SetsInAnyOrder_AreSorted() => Assert.That(
        TapPattern.Own([[4, 0], [1]]).Taps(2, 9), Is.EqualTo(new[] { 0, 4 }));

    [Test]
    public void Own_TapTwiceOrNone_Throws()
    {
        Assert.That(() => TapPattern.Own([[1, 1]]), Throws.ArgumentException);
        Assert.That(() => TapPattern.Own([[1], []]), Throws.ArgumentException);
        Assert.That(() => TapPattern.Own([]), Throws.ArgumentException);
    }
}
