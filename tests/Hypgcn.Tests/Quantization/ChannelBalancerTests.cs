using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
public sealed class ChannelBalancerTests
{
    private static readonly SmallNetwork Small = new()
    {
        Seed = 21,
        Blocks = [(8, 1, ResidualKind.None), (8, 1, ResidualKind.Identity), (12, 2, ResidualKind.Convolution), (12, 1, ResidualKind.Identity)],
    };

    [Test]
    public void Choose_ChannelsOfVeryDifferentSize_GetExponentsSharedAlongIdentities()
    {
        var formats = Formats(4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(formats.Blocks[0].OutputExponents, Is.Not.Null.And.Some.Not.Zero);
            Assert.That(formats.Blocks[0].OutputExponents, Is.All.InRange(-4, 0));
            Assert.That(formats.Blocks[1].MiddleExponents, Is.EqualTo(formats.Blocks[0].OutputExponents));
            Assert.That(formats.Blocks[1].OutputExponents, Is.EqualTo(formats.Blocks[0].OutputExponents));
            Assert.That(formats.Blocks[3].MiddleExponents, Is.EqualTo(formats.Blocks[2].OutputExponents));
        }
    }

    [Test]
    public void Quantize_AnyExponents_EveryBoundaryStaysThatOfTheNetwork()
    {
        var formats = Formats(0);
        var random = new Random(5);
        int[] first = Random(8), second = Random(12), third = Random(12);
        // 16 bits, so that what is left of a wrongly folded exponent cannot hide in the noise.
        var wide = formats with
        {
            Input = formats.Input + 6,
            Classifier = formats.Classifier - 2,
            Blocks =
            [
                Wide(0) with { MiddleExponents = Random(8), OutputExponents = first },
                Wide(1) with { MiddleExponents = first, OutputExponents = first },
                Wide(2) with { MiddleExponents = third, OutputExponents = second },
                Wide(3) with { MiddleExponents = second, OutputExponents = second },
            ],
        };
        var noise = SignalToNoise.Measure(Unequal(), wide, new ClipSet(1, 3, 12, 5, 1, Small.Clip(12, 1, 3)));

        Assert.That(noise.Select(boundary => boundary.Value), Is.All.GreaterThan(48));

        int[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-1, 2))];
        BlockFormats Wide(int b) => formats.Blocks[b] with
        {
            FeatureBits = 16,
            Graph = formats.Blocks[b].Graph + 6,
            GraphFeature = formats.Blocks[b].GraphFeature + 5,
            Spatial = formats.Blocks[b].Spatial + 5,
            Down = formats.Blocks[b].Down + 5,
            Middle = formats.Blocks[b].Middle + 5,
            Temporal = formats.Blocks[b].Temporal + 4,
            Residual = formats.Blocks[b].Residual + 5,
            Output = formats.Blocks[b].Output + 5,
            SpatialBias = null,
            TemporalBias = null,
        };
    }

    [Test]
    public void Quantize_ExponentsThatDoNotFit_ListsEveryProblem()
    {
        var graph = Small.Build();
        var good = Formats(0);
        var bad = good with
        {
            Blocks =
            [
                good.Blocks[0] with { MiddleExponents = [1], OutputExponents = [13, 0, 0, 0, 0, 0, 0, 0] },
                good.Blocks[1] with { SpatialBias = [1, 2] },
                good.Blocks[2],
                good.Blocks[3] with { MiddleExponents = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
            ],
        };

        Assert.That(() => Quantizer.Quantize(graph, bad, 8, 1), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(string.Join(
            Environment.NewLine,
            "formats.blocks[0].middle_exponents: 1 entries; the block has 8 output channels. Run hypgcn quantize again.",
            "formats.blocks[0].output_exponents: 13; an exponent must be -12 to 12. Run hypgcn quantize again.",
            "formats.blocks[1].middle_exponents: not those of the block's input; an identity adds the input, so they must agree. Run hypgcn quantize again.",
            "formats.blocks[1].output_exponents: not those of the block's input; an identity adds the input, so they must agree. Run hypgcn quantize again.",
            "formats.blocks[1].spatial_bias: 2 entries; the block has 8 output channels. Run hypgcn quantize again.",
            "formats.blocks[3].middle_exponents: not those of the block's input; an identity adds the input, so they must agree. Run hypgcn quantize again.")));
    }

    private static QuantizationFormats Formats(int span) => FormatCalibrator.Choose(
        Unequal(), [Small.Clip(12, 1, 1), Small.Clip(12, 1, 2)], 12, 1,
        new QuantizerOptions { BlockFeatureBits = [8, 8, 8, 8], BalanceSpan = span });

    /// <summary>Every third channel is several times as large as the others.</summary>
    private static ModelGraph Unequal()
    {
        var graph = Small.Build();
        foreach (var norm in graph.Blocks.Select(block => block.TemporalNorm))
        {
            for (var c = 0; c < norm.Gamma.Length; c += 3)
            {
                norm.Gamma[c] *= 6;
            }
        }
        return graph;
    }
}
