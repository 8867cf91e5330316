using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
public sealed class SignalToNoiseTests
{
    private static readonly SmallNetwork Small = new() { Seed = 12, Joints = 7 };
    private static readonly ClipSet Clips = new(4, 3, 10, 7, 2, [.. Enumerable.Range(1, 4).SelectMany(seed => Small.Clip(10, 2, seed))]);

    [Test]
    public void Measure_SixteenBits_EveryBoundaryIsClose()
    {
        var graph = Small.Build();

        var noise = SignalToNoise.Measure(graph, FormatCalibrator.Choose(graph, Clips, new QuantizerOptions()), Clips);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(noise.Select(boundary => boundary.Key), Is.EqualTo(new[]
            {
                "x0", "block1.z", "block1.x", "block2.z", "block2.x", "block3.z", "block3.x", "logits",
            }));
            Assert.That(noise.Select(boundary => boundary.Value), Is.All.InRange(55, 110));
        }
    }

    [Test]
    public void Measure_NarrowBlock_IsNoisyFromThereOn()
    {
        var graph = Small.Build();

        var noise = SignalToNoise.Measure(
            graph, FormatCalibrator.Choose(graph, Clips, new QuantizerOptions { BlockFeatureBits = [16, 16, 8] }), Clips);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(noise.Take(4).Select(boundary => boundary.Value), Is.All.GreaterThan(55));
            Assert.That(noise.Skip(4).Select(boundary => boundary.Value), Is.All.InRange(20, 60));
        }
    }

    [Test]
    public void Choose_EightBits_CorrectedBiasesLowerTheNoise()
    {
        var graph = Small.Build();
        var plain = new QuantizerOptions { BlockFeatureBits = [8, 8, 8], CorrectsBias = false, BalanceSpan = 0 };

        var (without, with) = (Logits(plain), Logits(plain with { CorrectsBias = true }));

        Assert.That(with, Is.GreaterThan(without));

        double Logits(QuantizerOptions options) =>
            SignalToNoise.Measure(graph, FormatCalibrator.Choose(graph, Clips, options), Clips)[^1].Value;
    }
}
