using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
public sealed class BiasCorrectorTests
{
    private const int Constant = 2;
    private static readonly SmallNetwork Small = new() { Seed = 12 };

    [TestCase(0.004, TestName = "Correct_ConstantBelowHalfAStep_IsLeftAlone")]
    [TestCase(-0.004, TestName = "Correct_ChannelThatIsNeverActive_IsLeftAlone")]
    public void Correct_ConstantChannel_IsLeftAlone(double value)
    {
        var graph = Small.Build();
        var block = graph.Blocks[0];
        // A pruned filter: all that is left of the channel is its bias.
        var perFilter = block.Temporal.Weight.Length / block.OutputChannels;
        Array.Clear(block.Temporal.Weight, Constant * perFilter, perFilter);
        (block.Temporal.Bias[Constant], block.TemporalNorm!.Mean[Constant], block.TemporalNorm.Beta[Constant]) = (0, 0, value);

        var formats = FormatCalibrator.Choose(
            graph, [Small.Clip(12, 1, 1), Small.Clip(12, 1, 2)], 12, 1, new QuantizerOptions { BlockFeatureBits = [8, 8, 8], BalanceSpan = 0 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(formats.Blocks[0].Output, Is.LessThan(7), "0.004 must be less than half a step");
            Assert.That(formats.Blocks[0].TemporalBias![Constant], Is.Zero);
            Assert.That(formats.Blocks[0].TemporalBias, Has.Some.Not.Zero);
        }
    }

    /// <summary>Constants err by the same fraction of a step everywhere, which no pooling averages away.</summary>
    [TestCase(8)]
    [TestCase(16)]
    public void Correct_NetworkOfManyConstants_LogitsComeNearer(int bits)
    {
        var graph = Small.Build();
        foreach (var block in graph.Blocks)
        {
            var perFilter = block.Temporal.Weight.Length / block.OutputChannels;
            for (var c = 0; c < block.OutputChannels; c += 2)
            {
                Array.Clear(block.Temporal.Weight, c * perFilter, perFilter);
                block.TemporalNorm!.Beta[c] = 0.01 * (c + 1);
            }
        }
        var clips = new ClipSet(4, 3, 12, 5, 1, [.. Enumerable.Range(1, 4).SelectMany(seed => Small.Clip(12, 1, seed))]);
        var options = new QuantizerOptions { BlockFeatureBits = [bits, bits, bits], BalanceSpan = 0 };

        Assert.That(Logits(options), Is.GreaterThan(Logits(options with { CorrectsBias = false })));

        double Logits(QuantizerOptions choice) =>
            SignalToNoise.Measure(graph, FormatCalibrator.Choose(graph, clips, choice), clips)[^1].Value;
    }
}
