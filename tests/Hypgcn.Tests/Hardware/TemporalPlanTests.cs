using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Hardware;

[TestFixture]
internal sealed class TemporalPlanTests
{
    [Test]
    public void Pair_AnyShape_ListsEveryNeededPairOnce(
        [Values(1, 2, 3)] int stride, [Values(1, 3, 9)] int kernel, [Values(1, 2, 7, 500)] int columns, [Values(1, 4, 16, 32)] int groups,
        [Values] ResidualKind residual)
    {
        TemporalPlan plan = Plan(stride, kernel, columns, groups, residual);
        for (var type = 0; type <= stride; type++)
        {
            var listed = Listed(plan, type);
            var expected = Expected(type, stride, kernel, residual);
            Assert.That(listed.Order(), Is.EqualTo(expected.Order()), $"row type {type}");
            Assert.That(plan.Passes[type], Is.GreaterThanOrEqualTo(type == stride && residual != ResidualKind.Convolution ? 0 : 1));
        }
        Assert.That(plan.Bases[^1], Is.EqualTo(Enumerable.Range(0, stride + 1).Sum(type => plan.Passes[type] * plan.Lengths[type])));
        Assert.That(plan.ScheduleBases[^1], Is.EqualTo(plan.Passes.Sum() * columns));
        Assert.That(plan.Slots, Is.GreaterThanOrEqualTo(MostOpenFrames(stride, kernel)));
        Assert.That(plan.Slots, Is.EqualTo(SlotsThatWait(stride, kernel)));
    }

    [Test]
    public void Pair_Group_HoldsItsChannelsOnly()
    {
        TemporalPlan plan = Plan(2, 9, 3, 4, ResidualKind.Convolution);
        for (var group = 0; group < 4; group++)
        {
            for (var pass = 0; pass < plan.Passes[0]; pass++)
            {
                Assert.That(plan.Pair(0, pass, 0, group)?.Channel % 4 ?? group, Is.EqualTo(group));
            }
        }
    }

    // 20 channels: two banks of which the second is not full.
    private static TemporalPlan Plan(int stride, int kernel, int columns, int groups, ResidualKind residual) =>
        new(Block(stride, kernel, residual), new BlockParameters { TemporalColumns = columns, TemporalGroups = groups });

    private static QuantizedBlock Block(int stride, int kernel, ResidualKind residual) => TestDesigns.Model.Blocks[1] with
    {
        InputChannels = 20,
        OutputChannels = 20,
        Stride = stride,
        Kernel = kernel,
        Residual = residual,
        Temporal = Ones(20 * 20 * kernel),
        ResidualWeight = residual == ResidualKind.Convolution ? Ones(20 * 20) : null,
    };

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

    [Test]
    public void Pair_WithoutAnyWeight_HasNoLane()
    {
        QuantizedBlock block = Block(1, 9, ResidualKind.Convolution);
        for (var i = 0; i < 20; i++)
        {
            for (var tap = 0; tap < 9; tap++)
            {
                block.Temporal[(((7 * 20) + i) * 9) + tap] = 0; // filter 7 is dropped
            }
            block.Temporal[(((3 * 20) + i) * 9) + 5] = 0; // filter 3 lacks tap 5
            block.ResidualWeight![(i * 20) + 4] = 0;
        }
        block.Temporal[((8 * 20) + 0) * 9] = 0; // a single zero: the pair stays
        var plan = new TemporalPlan(block, new BlockParameters { TemporalColumns = 4, TemporalGroups = 4 });
        Assert.That(
            Listed(plan, 0).Order(),
            Is.EqualTo(Expected(0, 1, 9, ResidualKind.Convolution).Where(pair => pair.Channel != 7 && pair != (3, 5)).Order()));
        Assert.That(Listed(plan, 1).Select(pair => pair.Channel).Order(), Is.EqualTo(Enumerable.Range(0, 20).Where(c => c != 4)));
    }

    [Test]
    public void RingEntry_DroppedFilters_AreLeftOut()
    {
        QuantizedBlock block = Block(1, 3, ResidualKind.Convolution);
        int[] dropped = [0, 4, 5, 8, 13];
        foreach (var channel in dropped)
        {
            Array.Clear(block.Temporal, channel * 20 * 3, 20 * 3);
        }
        foreach (var channel in dropped.Where(channel => channel != 13))
        {
            for (var i = 0; i < 20; i++)
            {
                block.ResidualWeight![(i * 20) + channel] = 0;
            }
        }
        var plan = new TemporalPlan(block, new BlockParameters { TemporalGroups = 4 });
        Assert.That(
            Enumerable.Range(0, 32).Select(plan.RingEntry),
            Is.EqualTo(new int?[]
            {
                null, 0, 0, 0,
                null, null, 1, 1,
                null, 1, 2, 2,
                0, 2, 3, 3,
                1, 3, 4, 4,
                null, null, null, null, null, null, null, null, null, null, null, null,
            }), "channel 13 has its residual");
        Assert.That(plan.RingChannels, Is.EqualTo(5));
    }

    [Test]
    public void RingChannels_WithoutAnyFilter_IsOne()
    {
        QuantizedBlock block = Block(1, 3, ResidualKind.None) with { Temporal = new int[20 * 20 * 3] };
        var plan = new TemporalPlan(block, new BlockParameters { TemporalGroups = 4 });
        Assert.That(plan.RingChannels, Is.EqualTo(1));
        Assert.That(plan.Passes, Is.EqualTo(new[] { 1, 0 }));
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

    private static List<(int Channel, int Tap)> Listed(TemporalPlan plan, int type)
    {
        var listed = new List<(int, int)>();
        for (var pass = 0; pass < plan.Passes[type]; pass++)
        {
            for (var column = 0; column < plan.Columns; column++)
            {
                for (var group = 0; group < plan.Groups; group++)
                {
                    if (plan.Pair(type, pass, column, group) is { } pair)
                    {
                        listed.Add((pair.Channel, pair.Tap));
                    }
                }
            }
        }
        return listed;
    }

    // From the definition of the convolution: which taps of which output frames read a frame of this phase.
    private static IEnumerable<(int Channel, int Tap)> Expected(int type, int stride, int kernel, ResidualKind residual)
    {
        if (type == stride)
        {
            return residual == ResidualKind.Convolution ? Enumerable.Range(0, 20).Select(channel => (channel, kernel)) : [];
        }
        var taps = new HashSet<int>();
        for (var output = 0; output < 40; output++)
        {
            for (var tap = 0; tap < kernel; tap++)
            {
                var frame = (output * stride) + tap - ((kernel - 1) / 2);
                if (frame >= 0 && frame % stride == type)
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

    // The first frame that uses a slot again is no earlier than the next frame that closes an output frame.
    private static int SlotsThatWait(int stride, int kernel)
    {
        var pad = (kernel - 1) / 2;
        var slots = 1;
        while ((slots * stride) - pad < pad + stride)
        {
            slots++;
        }
        return slots;
    }
}
