using Hypgcn.Configuration;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Configuration;

[TestFixture]
public sealed class WidthRulesTests
{
    private static readonly QuantizationFormats Formats = FormatCalibrator.Choose(
        new SmallNetwork().Build(), [new SmallNetwork().Clip(8, 1, 1)], 8, 1, new QuantizerOptions { BlockFeatureBits = [8, 16, 8] });

    [Test]
    public void Check_FormatsOfTheseWidths_AreAccepted()
    {
        var configuration = new AcceleratorConfiguration { BlockFeatureBits = [8, 16, 8], Formats = new FormatChoice { Formats = Formats } };

        Assert.That(WidthRules.Check(configuration, 3, ignoreFormats: false), Is.Empty);
        Assert.That(WidthRules.Check(configuration with { BlockFeatureBits = null }, 3, ignoreFormats: false), Is.Empty);
    }

    [Test]
    public void Check_FormatsOfOtherWidths_AreAllReported()
    {
        var configuration = new AcceleratorConfiguration
        {
            FeatureBits = 12,
            BlockFeatureBits = [8],
            Formats = new FormatChoice { Formats = Formats },
        };

        Assert.That(WidthRules.Check(configuration, 3, ignoreFormats: false), Is.EqualTo(new[]
        {
            "formats.feature_bits is 16; feature_bits is 12, and they must agree. Run hypgcn quantize again.",
            "formats.blocks[1] has 16 bits; block_feature_bits is 8 there, and they must agree. Run hypgcn quantize again.",
        }));
        Assert.That(WidthRules.Check(configuration, 3, ignoreFormats: true), Is.Empty);
    }

    [Test]
    public void Check_PresetWithOtherBlocks_IsRefused() => Assert.That(
        WidthRules.Check(new AcceleratorConfiguration { BlockFeatureBits = [8] }, 3, ignoreFormats: false),
        Is.EqualTo(new[] { "formats: \"q8.8\" with block_feature_bits; the preset has feature_bits in every block. Run hypgcn quantize, or leave out block_feature_bits." }));

    [Test]
    public void Check_WrongNumberOfBlocks_IsRefused() => Assert.That(
        WidthRules.Check(new AcceleratorConfiguration { BlockFeatureBits = [8, 8] }, 3, ignoreFormats: true),
        Is.EqualTo(new[] { "block_feature_bits: 2 entries; the network has 3 blocks. Give one number for all, or one per block." }));
}
