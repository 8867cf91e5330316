using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Quantization;

[TestFixture]
public sealed class SpanTrialTests
{
    private static readonly SmallNetwork Small = new() { Seed = 31 };
    private static readonly QuantizerOptions Narrow = new() { BlockFeatureBits = [8, 8, 8] };

    private static ReadOnlyMemory<float>[] Clips =>
        [.. Enumerable.Range(1, 6).Select(seed => (ReadOnlyMemory<float>)Small.Clip(10, 1, seed))];

    [Test]
    public void Halves_ManyClips_AreDisjointAndSpreadOverAll()
    {
        var (fit, judged) = SpanTrial.Halves(192);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit, Has.Length.EqualTo(32).And.Unique);
            Assert.That(judged, Has.Length.EqualTo(32).And.Unique);
            Assert.That(fit.Intersect(judged), Is.Empty);
            Assert.That(fit.Concat(judged).Max(), Is.EqualTo(189));
        }
    }

    [Test]
    public void Halves_FewClips_UseAll()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SpanTrial.Halves(1), Is.EqualTo((new[] { 0 }, new[] { 0 })));
            Assert.That(SpanTrial.Halves(3), Is.EqualTo((new[] { 0, 2 }, new[] { 1 })));
        }
    }

    [Test]
    public void Choose_NoSpanGiven_IsThatOfTheLeastErrorOnTheOtherHalf()
    {
        var graph = Unequal();
        var trials = SpanTrial.Run(graph, Clips, (10, 1), Narrow);
        var best = trials.MinBy(trial => trial.Error).Span;

        var chosen = FormatCalibrator.Choose(graph, Clips, 10, 1, Narrow);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trials.Select(trial => trial.Span), Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(trials.Select(trial => trial.Error), Is.Unique);
            Assert.That(Json(chosen), Is.EqualTo(Json(FormatCalibrator.Choose(graph, Clips, 10, 1, Narrow with { BalanceSpan = best }))));
            Assert.That(chosen.Blocks[0].MiddleExponents, best == 0 ? Is.Null : Is.All.InRange(-best, 0));
        }
    }

    [Test]
    public void Run_JudgedClips_DoNotTouchTheFormats()
    {
        var graph = Unequal();
        var others = Clips;
        var louder = Array.ConvertAll(others[1].ToArray(), value => 100 * value);
        others[1] = louder;

        var (before, after) = (SpanTrial.Run(graph, Clips, (10, 1), Narrow), SpanTrial.Run(graph, others, (10, 1), Narrow));

        // Formats from the louder clip would spoil the quiet ones; judged by it, what it adds is far more than they have.
        Assert.That(after[0].Error, Is.GreaterThan(100 * before[0].Error));
    }

    [Test]
    public void Best_WideBlocks_NothingToTry() =>
        Assert.That(SpanTrial.Best(Small.Build(), Clips, (10, 1), new QuantizerOptions()), Is.Zero);

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

    private static string Json(QuantizationFormats formats) =>
        ConfigurationFile.ToJson(new AcceleratorConfiguration { Formats = new FormatChoice { Formats = formats } });
}
