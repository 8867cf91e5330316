using Hypgcn.Fuzzing;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
internal sealed class UnreadChannelsTests
{
    private const int Frames = 12;
    private static readonly int[] Unread = [1, 6];

    [TestCase(ResidualKind.None, 16)]
    [TestCase(ResidualKind.Identity, 16)]
    [TestCase(ResidualKind.Convolution, 16)]
    [TestCase(ResidualKind.Identity, 8)]
    public void Quantize_ChannelThatNothingReads_IsZeroAndDoesNotMatter(ResidualKind kind, int bits)
    {
        var small = Network(kind);
        var (read, unread) = (small.Build(), Without(small.Build(), Unread));
        var formats = FormatCalibrator.Choose(unread, [small.Clip(Frames, 1, 1)], Frames, 1, new QuantizerOptions { FeatureBits = bits });
        var silent = Quantizer.Quantize(unread, formats, Frames, 1);
        // The same integers but for the block in front, as it is where all of its channels are read.
        var loud = silent with { Blocks = [silent.Blocks[0], Quantizer.Quantize(read, formats, Frames, 1).Blocks[1], silent.Blocks[2]] };
        var (quiet, noisy) = (Run(silent, small), Run(loud, small));
        using (Assert.EnterMultipleScope())
        {
            foreach (var c in Enumerable.Range(0, 8))
            {
                Assert.That(Channel(quiet, c), Unread.Contains(c) ? Is.All.Zero : Is.EqualTo(Channel(noisy, c)), $"channel {c}");
                Assert.That(Channel(noisy, c), Has.Some.Not.Zero, $"channel {c}");
            }
            Assert.That(quiet.Logits, Is.EqualTo(noisy.Logits));
        }
    }

    [Test]
    public void Quantize_ChannelThatAShortcutReads_Stays()
    {
        var small = Network(ResidualKind.Identity);
        var graph = Without(small.Build(), Unread);
        graph.Blocks[2].Down!.Weight[Unread[0]] = 0.5;

        Assert.That(Channel(Run(small, graph), Unread[0]), Has.Some.Not.Zero);
        Assert.That(Channel(Run(small, graph), Unread[1]), Is.All.Zero);
    }

    [Test]
    public void Measure_SignalToNoise_LeavesThemOut()
    {
        var small = Network(ResidualKind.Identity);
        var (graph, clips) = (Without(small.Build(), Unread), new ClipSet(1, 3, Frames, small.Joints, 1, small.Clip(Frames, 1, 1)));

        var noise = SignalToNoise.Measure(graph, FormatCalibrator.Choose(graph, clips, new QuantizerOptions()), clips);

        Assert.That(noise.Select(boundary => boundary.Value), Is.All.InRange(50, 110));
    }

    private static SmallNetwork Network(ResidualKind kind) => new()
    {
        Seed = 21, Joints = 7, Blocks = [(8, 1, ResidualKind.None), (8, kind == ResidualKind.Convolution ? 2 : 1, kind), (12, 2, ResidualKind.Convolution)],
    };

    /// <summary>The network, whose last block stops reading some channels; it has a convolution in each shortcut.</summary>
    internal static ModelGraph Without(ModelGraph graph, params int[] channels)
    {
        var block = graph.Blocks[^1];
        foreach (var convolution in block.Spatial.Append(block.Down!).Append(block.ResidualConvolution!))
        {
            for (var n = 0; n < convolution.Weight.Length; n++)
            {
                convolution.Weight[n] *= channels.Contains(n % block.InputChannels) ? 0 : 1;
            }
        }
        return graph;
    }

    private static ClipTrace Run(SmallNetwork small, ModelGraph graph) => Run(
        Quantizer.Quantize(graph, [small.Clip(Frames, 1, 1)], Frames, 1, new QuantizerOptions()), small);

    private static ClipTrace Run(QuantizedModel model, SmallNetwork small) =>
        new IntegerNetwork(model).Run(ClipQuantizer.Quantize(model, small.Clip(Frames, 1, 2)));

    private static short[] Channel(ClipTrace trace, int channel) => [.. trace.Features[2].Where((_, n) => n % 8 == channel)];
}
