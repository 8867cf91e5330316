using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Sparsity;

namespace Hypgcn.Tests.Sparsity;

[TestFixture]
internal sealed class SparsityMeterTests
{
    private const int Frames = 6;

    private static readonly SmallNetwork Network = new()
    {
        Blocks = [(16, 1, ResidualKind.None), (40, 2, ResidualKind.Convolution), (40, 1, ResidualKind.Identity)],
    };

    private static readonly QuantizedModel Model = Network.Quantize(Frames, 2, new QuantizerOptions());

    private static readonly short[][] Clips =
        [.. Enumerable.Range(1, 3).Select(seed => ClipQuantizer.Quantize(Model, Network.Clip(Frames, 2, seed)))];

    // Not static: its other threads would wait for the end of this class's initialisation.
    private NetworkSparsity Measured { get; } = SparsityMeter.Measure(Model, Clips.Length, n => Clips[n]);

    [Test]
    public void Measure_Banks_CountEveryBankThatPasses()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Measured.Clips, Is.EqualTo(3));
            Assert.That(Measured.Blocks[0].Spatial.Banks.Sum(), Is.EqualTo(3 * 2 * Frames * Network.Joints));
            Assert.That(Measured.Blocks[0].Residual, Is.Null);
            Assert.That(Measured.Blocks[1].Middle.Banks.Sum(), Is.EqualTo(3 * 2 * Frames * Network.Joints * 3));
            Assert.That(Measured.Blocks[1].Residual!.Banks.Sum(), Is.EqualTo(3 * 2 * Frames / 2 * Network.Joints));
            Assert.That(Measured.Blocks[2].Spatial, Is.Not.Null);
        });
    }

    [Test]
    public void Measure_NonZeros_AreThoseOfTheTrace()
    {
        long expected = Clips.Sum(clip => new IntegerNetwork(Model).Run(clip).Middle[1].LongCount(value => value != 0));
        Assert.That(Measured.Blocks[1].Middle.Banks.Select((count, nonZeros) => count * nonZeros).Sum(), Is.EqualTo(expected));
    }

    /// <summary>Every order of the clips, one repeated: what was measured is enough, and for a window within a clip not too much.</summary>
    [Test]
    public void Peak_AsDepth_DropsNothingInAnyOrder([Values(2, 5, 9)] int window)
    {
        BlockRfcRules[] rules = [.. Measured.Blocks.Select(block => new BlockRfcRules(
            Rule(block.Spatial, window, 0), Rule(block.Middle, window, 0), block.Residual is null ? null : Rule(block.Residual, window, 0)))];
        int[][] orders = [[0, 1, 2, 0], [2, 1, 0, 2], [1, 0, 2, 2], [0, 2, 1, 0], [1, 1, 2, 0], [2, 0, 1, 1]];
        foreach (int[] order in orders)
        {
            var sequence = new ClipSequence(new IntegerNetwork(Model), rules);
            Assert.That(sequence.Score([.. order.Select(n => Clips[n])]).Sum(clip => clip.DroppedWords), Is.Zero);
        }
    }

    [Test]
    public void Peak_LessOne_DropsSomething()
    {
        BlockRfcRules[] rules = [.. Measured.Blocks.Select((block, b) => new BlockRfcRules(null, b == 1 ? Rule(block.Middle, 1, 1) : null, null))];
        var sequence = new ClipSequence(new IntegerNetwork(Model), rules);
        Assert.That(sequence.Score(Clips).Sum(clip => clip.DroppedWords), Is.Positive);
    }

    [Test]
    public void Peak_LongWindows_ArePutTogether()
    {
        FifoSparsity middle = Measured.Blocks[0].Middle;
        Assert.Multiple(() =>
        {
            Assert.That(middle.Words0, Has.Count.EqualTo(FifoSparsity.Windows).And.Ordered.Ascending);
            Assert.That(middle.Peak(0, 1), Is.EqualTo(middle.Words0[0]));
            Assert.That(middle.Peak(0, FifoSparsity.Windows), Is.EqualTo(middle.Words0[^1]));
            Assert.That(middle.Peak(0, (2 * FifoSparsity.Windows) + 3), Is.EqualTo((2 * middle.Words0[^1]) + middle.Words0[2]));
        });
    }

    private static RfcRule Rule(FifoSparsity measured, int window, int less) =>
        new(window, [.. Enumerable.Range(0, 4).Select(j => (int)Math.Max(1, measured.Peak(j, window) - less))]);
}
