using Hypgcn.Quantization;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
public sealed class AccumulatorBoundsTests
{
    private static readonly QuantizedModel Model = new SmallNetwork { Joints = 6 }.Quantize(8, 1, new QuantizerOptions { FeatureBits = 8 });

    [Test]
    public void Compute_SpatialProducts_AreReachedByTheWorstRow()
    {
        var widths = AccumulatorBounds.Compute(Model);

        var block = Model.Blocks[1];
        var (worst, least) = (0L, 0L);
        for (var o = 0; o < block.OutputChannels; o++)
        {
            long high = 0, low = 0;
            for (var n = o; n < block.Spatial.Length; n += block.OutputChannels)
            {
                long w = block.Spatial[n];
                high += w > 0 ? w * 127 : w * -128;
                low += w > 0 ? w * -128 : w * 127;
            }
            (worst, least) = (Math.Max(worst, high), Math.Min(least, low));
        }
        Assert.That(widths.Blocks[1].SpatialProducts, Is.EqualTo(new SumRange(least, worst)));
    }

    [Test]
    public void Compute_TemporalTap_SumsOverInputChannelsOnly()
    {
        var widths = AccumulatorBounds.Compute(Model).Blocks[2];

        var block = Model.Blocks[2];
        long worst = 0;
        for (var o = 0; o < block.OutputChannels; o++)
        {
            for (var tap = 0; tap < block.Kernel; tap++)
            {
                long high = 0;
                for (var i = 0; i < block.OutputChannels; i++)
                {
                    high += Math.Max(0, block.Temporal[(o * block.OutputChannels + i) * block.Kernel + tap]) * 127L;
                }
                worst = Math.Max(worst, high);
            }
        }
        using (Assert.EnterMultipleScope())
        {
            Assert.That(widths.TemporalTap.Max, Is.EqualTo(worst));
            Assert.That(widths.TemporalProducts.WidthBits, Is.GreaterThanOrEqualTo(widths.TemporalTap.WidthBits));
            Assert.That(widths.TemporalSum.Max, Is.GreaterThanOrEqualTo(widths.TemporalProducts.Max << block.TemporalAlign));
        }
    }

    [Test]
    public void Compute_MixedWidths_EachBlockHasItsOwnRange()
    {
        var options = new QuantizerOptions { BlockFeatureBits = [16, 8, 6] };
        var model = new SmallNetwork { Joints = 6 }.Quantize(8, 1, options);
        var widths = AccumulatorBounds.Compute(model);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.Blocks.Select(block => block.OutputBits), Is.EqualTo(new[] { 8, 6, 6 }));
            Assert.That(widths.Blocks[1].Residual, Is.EqualTo(new SumRange(0, 127)));
            Assert.That(widths.Blocks[1].Graph.Max, Is.EqualTo(WorstGraph(model.Blocks[1], 6, 127)));
            Assert.That(widths.Blocks[2].Graph.Max, Is.EqualTo(WorstGraph(model.Blocks[2], 6, 31)));
            Assert.That(widths.Pool, Is.EqualTo(new SumRange(0, 31 * 4 * 6)));
        }
    }

    private static long WorstGraph(QuantizedBlock block, int joints, long most) =>
        Enumerable.Range(0, block.Graph.Length / joints).Max(column => Enumerable.Range(0, joints).Sum(
            p => Math.Max(0, block.Graph[(column / joints * joints + p) * joints + column % joints]) * most));

    [Test]
    public void Compute_IdentityAndNone_AreTheFeatureAndNothing()
    {
        var widths = AccumulatorBounds.Compute(Model);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(widths.Blocks[0].Residual, Is.EqualTo(default(SumRange)));
            Assert.That(widths.Blocks[1].Residual, Is.EqualTo(new SumRange(0, 127)));
            Assert.That(widths.Blocks[1].Down, Is.EqualTo(new SumRange(0, 127)));
            Assert.That(widths.Pool, Is.EqualTo(new SumRange(0, 127 * 4 * 6)));
        }
    }
}
