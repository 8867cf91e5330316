using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
public sealed class QuantizerTests
{
    [TestCase(16, FormatPreset.Calibrated)]
    [TestCase(8, FormatPreset.Calibrated)]
    [TestCase(16, FormatPreset.Q8Dot8)]
    [TestCase(8, FormatPreset.Q8Dot8)]
    public void Quantize_AnyWidth_ShiftsAreNotNegative(int bits, FormatPreset preset)
    {
        var model = new SmallNetwork { Seed = 3 }.Quantize(8, 1, new QuantizerOptions { FeatureBits = bits, Preset = preset });

        var shifts = model.Blocks.SelectMany(block => new[]
        {
            block.GraphShift, block.SpatialAlign, block.SpatialShortcutAlign, block.SpatialShift,
            block.TemporalAlign, block.ResidualAlign, block.TemporalShift,
        });
        Assert.That(shifts.Append(model.Input.Shift), Is.All.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void Quantize_SixteenBits_ConvolutionResidualNeedsNoAlignment()
    {
        var block = new SmallNetwork { Seed = 4 }.Quantize(8, 1, new QuantizerOptions()).Blocks[2];

        Assert.That((block.TemporalAlign, block.ResidualAlign), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Quantize_FormatsAsJson_ReproduceTheIntegers()
    {
        var small = new SmallNetwork { Seed = 7 };
        var formats = FormatCalibrator.Choose(small.Build(), [small.Clip(8, 1, 1)], 8, 1, new QuantizerOptions { FeatureBits = 8 });

        var json = ConfigurationFile.ToJson(new AcceleratorConfiguration { Formats = new FormatChoice { Formats = formats } });
        var copy = Quantizer.Quantize(small.Build(), ConfigurationFile.Parse("test", json).Formats.Formats!, 8, 1);

        var original = Quantizer.Quantize(small.Build(), formats, 8, 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(copy.Blocks[2].Temporal, Is.EqualTo(original.Blocks[2].Temporal));
            Assert.That(copy.Blocks[2].TemporalBias, Is.EqualTo(original.Blocks[2].TemporalBias));
            Assert.That(copy.Classifier.Weight, Is.EqualTo(original.Classifier.Weight));
        }
    }

    [Test]
    public void Quantize_OtherLength_KeepsFormatsAndRescalesTheClassifier()
    {
        var graph = new SmallNetwork { Seed = 8 }.Build();
        var formats = QuantizationFormats.Uniform(graph, 16, 8);

        var model = Quantizer.Quantize(graph, formats, 64, 2);

        // M T' V is 2 * 32 * 5 = 320: 8 bits more.
        Assert.That(model.Classifier.FractionBits, Is.EqualTo(8 + 8 + 8));
    }

    [Test]
    public void Quantize_BadFormats_ListsEveryProblem()
    {
        var graph = new SmallNetwork().Build();
        var good = QuantizationFormats.Uniform(graph, 16, 8);
        var bad = good with { Input = 20, Blocks = [good.Blocks[0] with { Down = null }, good.Blocks[1], good.Blocks[2] with { Output = 17 }] };

        Assert.That(() => Quantizer.Quantize(graph, bad, 8, 1), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(string.Join(
            Environment.NewLine,
            "formats.input: 20; the sum it is rounded from has 16 fraction bits and rounding may only drop some. Use 16 or less.",
            "formats.blocks[0].down: missing; the block has this convolution and needs its format. Run hypgcn quantize again.",
            "formats.blocks[2].output: 17; the sum it is rounded from has 16 fraction bits and rounding may only drop some. Use 16 or less.")));
    }

    [TestCaseSource(nameof(WrongFormats))]
    public void Quantize_WrongFormat_SaysWhichAndWhy(Func<QuantizationFormats, QuantizationFormats> change, string expected)
    {
        var graph = new SmallNetwork().Build();
        Assert.That(
            () => Quantizer.Quantize(graph, change(QuantizationFormats.Uniform(graph, 16, 8)), 8, 1),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> WrongFormats()
    {
        static TestCaseData Case(Func<QuantizationFormats, QuantizationFormats> change, string expected) =>
            new TestCaseData(change, expected).SetArgDisplayNames(expected);
        static QuantizationFormats Block(QuantizationFormats formats, int block, Func<BlockFormats, BlockFormats> change) =>
            formats with { Blocks = [.. formats.Blocks.Select((value, b) => b == block ? change(value) : value)] };
        yield return Case(f => f with { Blocks = [] }, "formats.blocks: 0 entries; the network has 3 blocks. Run hypgcn quantize again.");
        yield return Case(f => Block(f, 1, b => b with { FeatureBits = 3 }), "formats.blocks[1].feature_bits: 3; it must be 4 to 16. Use 8 or 16.");
        yield return Case(f => f with { Classifier = 32 }, "formats.classifier: 32; fraction bits must be -31 to 31. Run hypgcn quantize again.");
        yield return Case(f => Block(f, 1, b => b with { Down = 3 }), "formats.blocks[1].down: 3; the block has no such convolution. Run hypgcn quantize again.");
        yield return Case(
            f => Block(f, 0, b => b with { TemporalBias = [0, (1L << 40) + 1, 0, 0, 0, 0, 0, 0] }),
            "formats.blocks[0].temporal_bias: 1099511627777; a correction must be -2^40 to 2^40. Run hypgcn quantize again.");
    }

    [Test]
    public void Quantize_VarianceOfNearlyZero_SaysWhereToLook()
    {
        var graph = new SmallNetwork().Build();
        graph.Blocks[0].TemporalNorm.Beta[2] = 1e30;
        Assert.That(
            () => Quantizer.Quantize(graph, QuantizationFormats.Uniform(graph, 16, 8), 8, 1),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
                "quantize: a folded weight or bias is 1E+30; at 2^-16 it must stay below 2^60. Check the batch norms of the checkpoint."));
    }

    [Test]
    public void Choose_NoClips_Throws() => Assert.That(
        () => FormatCalibrator.Choose(new SmallNetwork().Build(), [], 8, 1, new QuantizerOptions()),
        Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "calibrate: 0 clips; calibration measures the ranges of features on at least one. Give clips or use the preset q8.8."));
}
