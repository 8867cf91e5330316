using Hypgcn.Models;

namespace Hypgcn.Tests.Fuzzing;

/// <summary>Faults are made up: a case fails where a condition says so.</summary>
[TestFixture]
internal sealed class FuzzShrinkerTests
{
    [Test]
    public async Task Shrink_FailsAlways_EndsAtTheLeastCase()
    {
        FuzzCase small = await ShrinkAsync(Start(_ => true), _ => true);
        FuzzBlock block = small.Blocks.Single();
        Assert.Multiple(() =>
        {
            Assert.That((small.Joints, small.Frames, small.Persons, small.Subsets, small.InputChannels, small.Classes, small.Kernel), Is.EqualTo((1, 1, 1, 1, 1, 1, 1)));
            Assert.That((small.StallSeed, small.GapCycles, small.Clips, small.Gain, small.Balanced), Is.EqualTo((0UL, 0, 1, 1.0, false)));
            Assert.That((block.Channels, block.Stride, block.Residual, block.FeatureBits), Is.EqualTo((1, 1, ResidualKind.None, 16)));
            Assert.That((block.DropsFilters, block.DropsTaps, block.DropsInputs), Is.EqualTo((false, false, false)));
            Assert.That((block.Hardware.ArrayChannels, block.Hardware.TemporalColumns, block.Hardware.SpatialFifoWords), Is.EqualTo((1, 1, (Hypgcn.Hardware.RfcWords?)null)));
        });
    }

    [Test]
    public async Task Shrink_ConditionOnSeveralProperties_KeepsExactlyThese()
    {
        static bool Fails(FuzzCase fuzz) => fuzz.StallSeed != 0 && fuzz.Joints >= 3 && fuzz.Blocks.Any(block => block.Stride >= 2 && block.Hardware.TemporalColumns >= 2);
        FuzzCase start = Start(Fails);
        FuzzCase small = await ShrinkAsync(start, Fails);
        Assert.Multiple(() =>
        {
            Assert.That((small.StallSeed, small.Joints, small.Frames, small.Clips), Is.EqualTo((start.StallSeed, 3, 1, 1)));
            Assert.That(small.Blocks.Select(block => (block.Stride, block.Hardware.TemporalColumns, block.Channels)), Is.EqualTo(new[] { (2, 2, 1) }));
        });
    }

    [Test]
    public async Task Shrink_AnyStep_IsACaseThatNoRuleRefuses()
    {
        FuzzCase start = Start(fuzz => fuzz.Blocks.Count > 1);
        await ShrinkAsync(start, fuzz =>
        {
            Assert.That(() => new FuzzDesign(fuzz), Throws.Nothing, fuzz.ToString());
            return fuzz.Blocks.Count > 1;
        });
    }

    [Test]
    public async Task Shrink_NothingSimplerFails_GivesTheCaseItself()
    {
        FuzzCase start = Start(_ => true);
        Assert.That(await ShrinkAsync(start, _ => false), Is.SameAs(start));
    }

    [Test]
    public async Task Shrink_TriesUsedUp_GivesTheBestSoFar()
    {
        FuzzCase start = Start(_ => true);
        int tries = 0;
        var shrinker = new FuzzShrinker((_, _) => Task.FromResult(++tries > 0)) { MostTries = 3 };
        FuzzCase small = await shrinker.ShrinkAsync(start, null, CancellationToken.None);
        Assert.That((tries, small.ToString() == start.ToString()), Is.EqualTo((3, false)));
    }

    private static FuzzCase Start(Func<FuzzCase, bool> fails) =>
        Enumerable.Range(1, 1000).Select(seed => FuzzDraw.Draw(seed, new FuzzBounds(5, 6, 8, 100)).Case).First(fails);

    private static Task<FuzzCase> ShrinkAsync(FuzzCase start, Func<FuzzCase, bool> fails) =>
        new FuzzShrinker((fuzz, _) => Task.FromResult(fails(fuzz))).ShrinkAsync(start, null, CancellationToken.None);
}
