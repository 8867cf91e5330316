using Hypgcn.Hardware;
using Hypgcn.Sparsity;

namespace Hypgcn.Tests.Hardware;

[TestFixture]
internal sealed class RfcDepthsTests
{
    // Two frames of 300 banks: a window of three frames.
    private static readonly RfcFifoDesign Fifo = RfcFifoDesign.Of(2, 300, null);

    [Test]
    public void Choose_Margin_IsAddedAndTheMemoryFilled()
    {
        RfcWords words = RfcDepths.Choose(Fifo, Measured(700, 420, 40, 0), 25, 16);
        // Never more than lossless; 525 words are a second block RAM, of which the FIFO has no more than 601; 50 and 1 are LUTs.
        Assert.That(words, Is.EqualTo(new RfcWords(601, 601, 64, 64)));
    }

    [TestCase(409, 512)]
    [TestCase(410, 601)]
    [TestCase(51, 64)]
    [TestCase(52, 512)]
    public void Choose_Peak_FillsOneBlockRam(int peak, int expected) =>
        Assert.That(RfcDepths.Choose(Fifo, Measured(peak, peak, peak, peak), 25, 16), Is.EqualTo(RfcWords.All(expected)));

    [Test]
    public void Rule_SomeLossless_LimitsTheOthers()
    {
        RfcFifoDesign fifo = Fifo.With(new RfcWords(601, 600, 64, 1));
        Assert.Multiple(() =>
        {
            Assert.That(Fifo.IsLossless);
            Assert.That(fifo.IsLossless, Is.False);
            Assert.That(fifo.Rule!.WindowFrames, Is.EqualTo(3));
            Assert.That(fifo.Rule!.Words, Is.EqualTo(new[] { int.MaxValue, 600, 64, 1 }));
            Assert.That(fifo.PlainBits(16), Is.EqualTo(600 * 256));
            Assert.That(fifo.StoredBits(16), Is.EqualTo((600 * 16) + (64 * (601 + 600 + 64 + 1))));
        });
    }

    [Test]
    public void Storage_Design_AddsUpItsMemories()
    {
        var blocks = TestDesigns.OneLane.Blocks.Select(block => block with { SpatialFifoWords = new RfcWords(16, 5, 4, 2), MiddleFifoWords = new RfcWords(6, 5, 4, 2) }).ToList();
        var design = new AcceleratorDesign("d", TestDesigns.Model, TestDesigns.OneLane with { Blocks = blocks });
        RfcStorage storage = RfcStorage.Of(design);
        Assert.Multiple(() =>
        {
            Assert.That(storage.Fifos.Select(fifo => fifo.Name), Is.EqualTo(design.FifoNames));
            Assert.That(storage.Bits, Is.EqualTo(DesignMemories.List(design).Where(memory => memory.Name.Contains("_fifo", StringComparison.Ordinal)).Sum(memory => memory.Bits)));
            Assert.That(storage.Bits, Is.LessThan(storage.UncompressedBits).And.LessThan(storage.LosslessBits));
            Assert.That(storage.LosslessBits, Is.GreaterThan(storage.UncompressedBits), "hot codes and a bank more");
        });
    }

    private static FifoSparsity Measured(params int[] peaks) => new()
    {
        Banks = new long[17],
        Words0 = [0, 0, peaks[0]],
        Words1 = [0, 0, peaks[1]],
        Words2 = [0, 0, peaks[2]],
        Words3 = [0, 0, peaks[3]],
    };
}
