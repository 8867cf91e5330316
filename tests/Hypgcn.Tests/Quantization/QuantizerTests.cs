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

        var copy = Quantizer.Quantize(small.Build(), QuantizationFormats.FromJson(formats.ToJson()), 8, 1);

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
    public void FromJson_UnknownKey_Throws()
    {
        var json = QuantizationFormats.Uniform(new SmallNetwork().Build(), 16, 8).ToJson();

        Assert.That(
            () => QuantizationFormats.FromJson(json.Replace("\"clip\"", "\"clib\"", StringComparison.Ordinal)),
            Throws.TypeOf<HypgcnException>().With.Message.Contains("clib"));
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

    [Test]
    public void Choose_NoClips_Throws() => Assert.That(
        () => FormatCalibrator.Choose(new SmallNetwork().Build(), [], 8, 1, new QuantizerOptions()),
        Throws.TypeOf<HypgcnException>().With.Message.StartsWith("calibrate: 0 clips"));
}
