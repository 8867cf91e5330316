using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Hardware;

[TestFixture]
internal sealed class TemporalPlanTests
{
    [Test]
    public void Pair_AnyShape_ListsEveryNeededPairOnce(
        [Values(1, 2, 3)] int stride, [Values(1, 3, 9)] int kernel, [Values(1, 2, 7, 500)] int columns, [Values(1, 4, 16, 32)] int groups)
    {
        TemporalPlan plan = Plan(stride, kernel, columns, groups);
        for (var phase = 0; phase < stride; phase++)
        {
            var listed = Listed(plan, phase);
            var expected = Expected(phase, stride, kernel);
            Assert.That(listed.Order(), Is.EqualTo(expected.Order()), $"phase {phase}");
            Assert.That(plan.PhasePasses(phase), Is.EqualTo(Math.Max(1, (plan.PairCount(phase) + columns - 1) / columns)));
            Assert.That(plan.FirstPass(phase), Is.EqualTo(Enumerable.Range(0, phase).Sum(plan.PhasePasses)));
        }
        Assert.That(plan.TotalPasses, Is.EqualTo(Enumerable.Range(0, stride).Sum(plan.PhasePasses)));
        Assert.That(plan.Slots, Is.EqualTo(MostOpenFrames(stride, kernel)));
    }

    [Test]
    public void Passes_EveryFrame_AreThoseThatHoldAPairWithAnOutputFrame(
        [Values(1, 2, 3)] int stride, [Values(1, 3, 9)] int kernel, [Values(1, 2, 7)] int columns, [Values(1, 2, 5, 8, 9, 30)] int frames)
    {
        var plan = new TemporalPlan(Block(stride, kernel), new BlockParameters { TemporalColumns = columns, TemporalGroups = 4 }, frames);
        var outFrames = (frames + stride - 1) / stride;
        for (var frame = 0; frame < frames; frame++)
        {
            var needed = new List<int>();
            for (var pass = 0; pass < plan.PhasePasses(frame % stride); pass++)
            {
                var taps = from column in Enumerable.Range(0, columns)
                           from grp in Enumerable.Range(0, 4)
                           select plan.Pair(frame % stride, pass, column, grp)?.Tap;
                if (taps.Any(tap => tap is not null && Enumerable.Range(0, outFrames).Any(o => (o * stride) + tap - ((kernel - 1) / 2) == frame)))
                {
                    needed.Add(pass);
                }
            }
            FrameClass frameClass = plan.Classes[plan.ClassOf(frame)];
            Assert.That(frameClass.Phase, Is.EqualTo(frame % stride), $"frame {frame}");
            // A row without any pair takes one pass for nothing.
            Assert.That(Enumerable.Range(frameClass.First, frameClass.Passes), Is.EqualTo(needed.DefaultIfEmpty(0)), $"frame {frame}");
            Assert.That(plan.Passes(frame), Is.EqualTo(frameClass.Passes), $"frame {frame}");
        }
    }

    [Test]
    public void Pair_Group_HoldsItsChannelsOnly()
    {
        TemporalPlan plan = Plan(2, 9, 3, 4);
        for (var group = 0; group < 4; group++)
        {
            for (var pass = 0; pass < plan.PhasePasses(0); pass++)
            {
                Assert.That(plan.Pair(0, pass, 0, group)?.Channel % 4 ?? group, Is.EqualTo(group));
            }
        }
    }

    // 20 channels: two banks of which the second is not full.
    private static TemporalPlan Plan(int stride, int kernel, int columns, int groups) =>
        new(Block(stride, kernel), new BlockParameters { TemporalColumns = columns, TemporalGroups = groups }, 30);

    private static QuantizedBlock Block(int stride, int kernel) => TestDesigns.Model.Blocks[1] with
    {
        InputChannels = 20,
        OutputChannels = 20,
        Stride = stride,
        Kernel = kernel,
        Temporal = Ones(20 * 20 * kernel),
    };

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

    [Test]
    public void Pair_WithoutAnyWeight_HasNoLane()
    {
        QuantizedBlock block = Block(1, 9);
        for (var i = 0; i < 20; i++)
        {
            for (var tap = 0; tap < 9; tap++)
            {
                block.Temporal[(((7 * 20) + i) * 9) + tap] = 0; // filter 7 is dropped
            }
            block.Temporal[(((3 * 20) + i) * 9) + 5] = 0; // filter 3 lacks tap 5
        }
        block.Temporal[((8 * 20) + 0) * 9] = 0; // a single zero: the pair stays
        var plan = new TemporalPlan(block, new BlockParameters { TemporalColumns = 4, TemporalGroups = 4 }, 30);
        Assert.That(
            Listed(plan, 0).Order(),
            Is.EqualTo(Expected(0, 1, 9).Where(pair => pair.Channel != 7 && pair != (3, 5)).Order()));
    }

    [Test]
    public void RingEntry_DroppedFilters_AreLeftOut()
    {
        QuantizedBlock block = Block(1, 3);
        int[] dropped = [0, 4, 5, 8, 13];
        foreach (var channel in dropped)
        {
            Array.Clear(block.Temporal, channel * 20 * 3, 20 * 3);
        }
        var plan = new TemporalPlan(block, new BlockParameters { TemporalGroups = 4 }, 30);
        Assert.That(
            Enumerable.Range(0, 32).Select(plan.RingEntry),
            Is.EqualTo(new int?[]
            {
                null, 0, 0, 0,
                null, null, 1, 1,
                null, 1, 2, 2,
                0, null, 3, 3,
                1, 2, 4, 4,
                null, null, null, null, null, null, null, null, null, null, null, null,
            }));
        Assert.That(plan.RingChannels, Is.EqualTo(5));
    }

    [Test]
    public void RingChannels_WithoutAnyFilter_IsOne()
    {
        QuantizedBlock block = Block(1, 3) with { Temporal = new int[20 * 20 * 3] };
        var plan = new TemporalPlan(block, new BlockParameters { TemporalGroups = 4 }, 30);
        Assert.That(plan.RingChannels, Is.EqualTo(1));
        Assert.That(plan.Passes(0), Is.EqualTo(1));
    }

    [Test]
    public void KeptChannels_WithoutAnyWeight_AreLeftOut()
    {
        QuantizedModel model = TestDesigns.Model;
        QuantizedBlock block = model.Blocks[1];
        int[] spatial = [.. block.Spatial];
        for (var n = 0; n < spatial.Length; n++)
        {
            spatial[n] = n / block.OutputChannels % block.InputChannels is 2 or 5 ? 0 : 1;
        }
        QuantizedModel pruned = model with { Blocks = [model.Blocks[0], block with { Spatial = spatial }, model.Blocks[2]] };
        var design = new AcceleratorDesign("pruned", pruned, TestDesigns.OneLane);
        Assert.That(
            design.Blocks[1].KeptChannels,
            Is.EqualTo(Enumerable.Range(0, block.InputChannels).Where(channel => channel is not (2 or 5))));
    }

    private static List<(int Channel, int Tap)> Listed(TemporalPlan plan, int phase)
    {
        var listed = new List<(int, int)>();
        for (var pass = 0; pass < plan.PhasePasses(phase); pass++)
        {
            for (var column = 0; column < plan.Columns; column++)
            {
                for (var group = 0; group < plan.Groups; group++)
                {
                    if (plan.Pair(phase, pass, column, group) is { } pair)
                    {
                        listed.Add((pair.Channel, pair.Tap));
                    }
                }
            }
        }
        return listed;
    }

    // From the definition of the convolution: which taps of which output frames read a frame of this phase.
    private static IEnumerable<(int Channel, int Tap)> Expected(int phase, int stride, int kernel)
    {
        var taps = new HashSet<int>();
        for (var output = 0; output < 40; output++)
        {
            for (var tap = 0; tap < kernel; tap++)
            {
                var frame = (output * stride) + tap - ((kernel - 1) / 2);
                if (frame >= 0 && frame % stride == phase)
                {
                    taps.Add(tap);
                }
            }
        }
        return Enumerable.Range(0, 20).SelectMany(channel => taps.Select(tap => (channel, tap)));
    }

    private static int MostOpenFrames(int stride, int kernel)
    {
        var pad = (kernel - 1) / 2;
        return Enumerable.Range(20, 20).Max(frame => Enumerable.Range(0, 80).Count(
            output => (output * stride) - pad <= frame && frame <= (output * stride) - pad + kernel - 1));
    }
}
