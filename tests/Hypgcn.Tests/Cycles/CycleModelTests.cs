using Hypgcn.Cycles;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Hardware;

namespace Hypgcn.Tests.Cycles;

[TestFixture]
internal sealed class CycleModelTests
{
    private static readonly AcceleratorDesign Design = new(
        "d", TestDesigns.Model, LaneAllocator.Allocate(TestDesigns.Model, [ClipActivity.Uniform(TestDesigns.Model, 60)], 200));

    [TestCase(0UL, 0)]
    [TestCase(3UL, 0)]
    [TestCase(4UL, 500)]
    public void Predict_AnyPattern_IsInOrderAndAddsUp(ulong seed, int gap)
    {
        CyclePrediction prediction = CycleModel.Predict(Design, Clips(4), new PortPattern(seed, gap));
        Assert.Multiple(() =>
        {
            Assert.That(prediction.TotalCycles, Is.EqualTo(prediction.LastOutput[^1] + 1));
            for (var clip = 0; clip < 4; clip++)
            {
                long[] order = [prediction.FirstInput[clip], prediction.LastInput[clip], prediction.FirstOutput[clip], prediction.LastOutput[clip]];
                Assert.That(order, Is.Ordered.Ascending);
                Assert.That(prediction.LastInput[clip] - prediction.FirstInput[clip], Is.GreaterThanOrEqualTo(Design.ClipValues - 1));
                Assert.That(clip == 0 || prediction.FirstInput[clip] > prediction.LastInput[clip - 1] + gap);
                Assert.That(clip == 0 || prediction.FirstOutput[clip] > prediction.LastOutput[clip - 1]);
            }
            foreach (StageCycles stage in prediction.Stages)
            {
                Assert.That(stage.Total, Is.EqualTo(prediction.TotalCycles), stage.Name);
                Assert.That(Math.Min(stage.Busy, Math.Min(stage.Blocked, stage.Starved)), Is.Not.Negative, stage.Name);
            }
            Assert.That(prediction.Stages.Select(stage => stage.Name), Is.EqualTo(Design.Stages));
        });
    }

    [Test]
    public void Predict_Stalls_DoNotChangeTheWork()
    {
        CyclePrediction free = CycleModel.Predict(Design, Clips(3), new PortPattern());
        CyclePrediction stalled = CycleModel.Predict(Design, Clips(3), new PortPattern(9, 100));
        Assert.That(
            stalled.Stages.Where(stage => !stage.Name.Contains("input", StringComparison.Ordinal)).Select(stage => (stage.Name, stage.Busy)),
            Is.EqualTo(free.Stages.Where(stage => !stage.Name.Contains("input", StringComparison.Ordinal)).Select(stage => (stage.Name, stage.Busy))));
        Assert.That(stalled.TotalCycles, Is.GreaterThanOrEqualTo(free.TotalCycles));
    }

    [Test]
    public void Predict_FirstClips_DependOnTheNextAtMost()
    {
        CyclePrediction two = CycleModel.Predict(Design, Clips(2), new PortPattern(9, 100));
        CyclePrediction four = CycleModel.Predict(Design, Clips(4), new PortPattern(9, 100));
        // The last rows of a clip are drained while the next one's are added.
        Assert.That(four.LastOutput[0], Is.EqualTo(two.LastOutput[0]));
        Assert.That(four.LastOutput[1], Is.GreaterThanOrEqualTo(two.LastOutput[1]));
        Assert.That(four.FirstInput.Take(2), Is.EqualTo(two.FirstInput));
    }

    [Test]
    public void Predict_ClipWithoutZeros_IsTheSlowest()
    {
        var dense = ClipActivity.Uniform(TestDesigns.Model, 100);
        CyclePrediction longest = CycleModel.Predict(Design, [dense, dense, dense], new PortPattern());
        CyclePrediction real = CycleModel.Predict(Design, Clips(3), new PortPattern());
        Assert.That(real.LastOutput[2] - real.LastOutput[1], Is.LessThanOrEqualTo(longest.LastOutput[2] - longest.LastOutput[1]));
        Assert.That(real.LastOutput[0], Is.LessThanOrEqualTo(longest.LastOutput[0]));
    }

    [Test]
    public void Predict_RandomDesigns_DoNotHang([Range(2001, 2010)] int seed)
    {
        var random = FuzzDraw.Draw(seed, FuzzBounds.Small);
        var clip = ClipActivity.Uniform(random.Design.Model, 1 + (seed * 37 % 100));
        CyclePrediction prediction = CycleModel.Predict(random.Design, [clip, clip], random.Pattern);
        Assert.That(prediction.LastOutput[1], Is.GreaterThan(prediction.LastOutput[0]), random.Case.ToString());
    }

    /// <summary>What the model leaves out, because it says that nothing happens, must not matter.</summary>
    [Test]
    public void Predict_RandomDesigns_IsThatOfEveryCycle([Range(3001, 3040)] int seed)
    {
        var random = FuzzDraw.Draw(seed, FuzzBounds.Small);
        ClipActivity[] clips = [.. new[] { 37, 61, 37 }.Select(factor => ClipActivity.Uniform(random.Design.Model, 1 + (seed * factor % 100)))];
        foreach (var pattern in new[] { random.Pattern, new PortPattern(), new PortPattern((ulong)seed, seed % 97) })
        {
            var (some, all) = (CycleModel.Predict(random.Design, clips, pattern), CycleModel.PredictEveryCycle(random.Design, clips, pattern));
            Assert.Multiple(() =>
            {
                Assert.That(some.FirstInput, Is.EqualTo(all.FirstInput), random.Case.ToString());
                Assert.That(some.LastInput, Is.EqualTo(all.LastInput));
                Assert.That(some.FirstOutput, Is.EqualTo(all.FirstOutput));
                Assert.That(some.LastOutput, Is.EqualTo(all.LastOutput));
                Assert.That(some.Stages, Is.EqualTo(all.Stages));
            });
        }
    }

    [Test]
    public void Predict_NoClips_Throws() => Assert.That(
        () => CycleModel.Predict(Design, [], new PortPattern()), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static ClipActivity[] Clips(int count) => [.. Enumerable.Range(1, count).Select(TestDesigns.Activity)];
}
