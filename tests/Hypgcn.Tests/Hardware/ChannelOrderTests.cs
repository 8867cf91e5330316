using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Hardware;

[TestFixture]
internal sealed class ChannelOrderTests
{
    private const int Frames = 6;

    private static readonly SmallNetwork Chains = new()
    {
        Kernel = 3,
        Blocks =
        [
            (20, 1, ResidualKind.None), (20, 1, ResidualKind.Identity), (20, 1, ResidualKind.Identity),
            (32, 2, ResidualKind.Convolution), (32, 1, ResidualKind.None), (32, 1, ResidualKind.Identity),
        ],
    };

    [Test]
    public void Balance_DroppedFilters_ChangesNoLogit([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var network = new SmallNetwork { Seed = seed, Kernel = 1 + (2 * random.Next(3)), InputChannels = random.Next(3, 6), Blocks = [.. Blocks(random)] };
        QuantizedModel model = Prune(network.Quantize(Frames, 2, new QuantizerOptions()), random);
        QuantizedModel balanced = ChannelOrder.Balance(model);
        Assert.That(balanced, Is.Not.SameAs(model), "there is something to balance");
        for (var clip = 1; clip <= 3; clip++)
        {
            short[] input = ClipQuantizer.Quantize(model, network.Clip(Frames, 2, clip));
            Assert.That(new IntegerNetwork(balanced).Logits(input), Is.EqualTo(new IntegerNetwork(model).Logits(input)));
        }
    }

    [Test]
    public void Balance_Design_HasTheSameWidthsAndWork()
    {
        QuantizedModel model = Prune(Chains.Quantize(Frames, 1, new QuantizerOptions()), new Random(1));
        QuantizedModel balanced = ChannelOrder.Balance(model);
        Assert.That(AccumulatorBounds.Compute(balanced).Blocks, Is.EqualTo(AccumulatorBounds.Compute(model).Blocks));
        Assert.That(balanced.Blocks.Select(Pairs), Is.EqualTo(model.Blocks.Select(Pairs)));
    }

    [Test]
    public void Balance_Chains_SpreadsTheFiltersOfEveryBlock([Values(2, 4, 8)] int groups)
    {
        QuantizedModel model = ChannelOrder.Balance(Prune(Chains.Quantize(Frames, 1, new QuantizerOptions()), new Random(3)));
        foreach (QuantizedBlock block in model.Blocks)
        {
            var plan = new TemporalPlan(block, new BlockParameters { TemporalGroups = groups }, 1);
            var one = new TemporalPlan(block, new BlockParameters(), 1);
            Assert.That(plan.RingChannels, Is.LessThanOrEqualTo(((one.RingChannels + groups - 1) / groups) + 1));
        }
    }

    [Test]
    public void Balance_OneBlock_IsEvenForEveryNumberOfGroups([Values(2, 4, 8, 16)] int groups)
    {
        QuantizedModel model = new SmallNetwork { Kernel = 3, Blocks = [(32, 1, ResidualKind.None)] }.Quantize(Frames, 1, new QuantizerOptions());
        // All of one group of 2, 4 and 8.
        Drop(model.Blocks[0], [.. Enumerable.Range(0, 32).Where(channel => channel % 8 != 3 && channel % 8 != 7)]);
        var plan = new TemporalPlan(ChannelOrder.Balance(model).Blocks[0], new BlockParameters { TemporalGroups = groups }, 1);
        Assert.That(plan.RingChannels, Is.EqualTo((8 + groups - 1) / groups));
    }

    [Test]
    public void Balance_NothingDropped_IsTheSameNetwork()
    {
        QuantizedModel model = TestDesigns.Model;
        Assert.That(ChannelOrder.Balance(model), Is.SameAs(model));
    }

    [Test]
    public void Balance_Balanced_IsTheSameNetwork()
    {
        QuantizedModel model = ChannelOrder.Balance(Prune(Chains.Quantize(Frames, 1, new QuantizerOptions()), new Random(2)));
        Assert.That(ChannelOrder.Balance(model), Is.SameAs(model));
    }

    // x behind the block has the order of the clip's channels.
    [Test]
    public void Balance_TiedToTheInput_KeepsTheOrder()
    {
        QuantizedModel model = new SmallNetwork { Kernel = 3, InputChannels = 8, Blocks = [(8, 1, ResidualKind.Identity)] }
            .Quantize(Frames, 1, new QuantizerOptions());
        Drop(model.Blocks[0], [0, 2, 4, 6]);
        Assert.That(ChannelOrder.Balance(model), Is.SameAs(model));
    }

    private static int Pairs(QuantizedBlock block)
    {
        var plan = new TemporalPlan(block, new BlockParameters(), 1);
        return Enumerable.Range(0, plan.Kernel).Sum(plan.Filters);
    }

    private static IEnumerable<(int Channels, int Stride, ResidualKind Residual)> Blocks(Random random)
    {
        var channels = 16;
        for (var b = 0; b < 5; b++)
        {
            channels = random.Next(3) == 0 ? random.Next(12, 40) : channels;
            yield return (channels, random.Next(4) == 0 ? 2 : 1, (ResidualKind)random.Next(3));
        }
    }

    /// <summary>In place: the arrays were made for this network alone.</summary>
    private static QuantizedModel Prune(QuantizedModel model, Random random)
    {
        foreach (QuantizedBlock block in model.Blocks)
        {
            Drop(block, [.. Enumerable.Range(0, block.OutputChannels).Where(_ => random.Next(3) > 0)]);
        }
        return model;
    }

    private static void Drop(QuantizedBlock block, int[] filters)
    {
        foreach (var channel in filters)
        {
            Array.Clear(block.Temporal, channel * block.OutputChannels * block.Kernel, block.OutputChannels * block.Kernel);
            for (var i = channel; i < (block.ResidualWeight?.Length ?? 0); i += block.OutputChannels)
            {
                block.ResidualWeight![i] = 0;
            }
        }
    }
}
