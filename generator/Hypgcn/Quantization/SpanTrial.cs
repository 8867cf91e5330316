using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Quantization;

/// <summary>
/// Chooses how far the powers of two of channels may lie apart: wide spans spare the features and strain the weights, and which
/// weighs more is the network's. Each span is tried on calibration clips: formats from half of them, errors from the others.
/// </summary>
internal static class SpanTrial
{
    // Spans lie whole decibels apart; more clips would only take more time.
    private const int MostClips = 64;
    private static readonly int[] Spans = [0, 1, 2];

    /// <summary>The span with the least error, the smaller of equal ones; 0 where no tensor is balanced.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="clips">Calibration clips, each [C, T, V, M], at least one.</param>
    /// <param name="shape">T and M.</param>
    /// <param name="options">Everything but the span.</param>
    public static int Best(
        ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, (int Frames, int Persons) shape, QuantizerOptions options) =>
        Enumerable.Range(0, model.Blocks.Count).Any(b => options.BlockBits(b) < ChannelBalancer.BelowBits)
            ? Run(model, clips, shape, options).MinBy(trial => trial.Error).Span
            : 0;

    /// <summary>Error of each span: squares of the differences between the integers' logits and those in floating point, summed over
    /// the clips that the formats are not from.</summary>
    public static IReadOnlyList<(int Span, double Error)> Run(
        ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, (int Frames, int Persons) shape, QuantizerOptions options)
    {
        var (fit, judged) = Halves(clips.Count);
        ReadOnlyMemory<float>[] from = [.. fit.Select(n => clips[n])], on = [.. judged.Select(n => clips[n])];
        var measured = FeatureStatistics.Measure(model, from, shape.Frames, shape.Persons);
        var trained = new FloatNetwork(model);
        var expected = new double[on.Length][];
        Parallel.For(0, on.Length, AllCores.With(), n => expected[n] = trained.Logits(on[n].Span, shape.Frames, shape.Persons));
        return [.. Spans.Select(span =>
        {
            var formats = FormatCalibrator.Calibrate(model, measured, from, shape, options with { BalanceSpan = span });
            return (span, Error(Quantizer.Quantize(model, formats, shape.Frames, shape.Persons), on, expected));
        })];
    }

    /// <summary>Clips that formats come from and clips that judge them: every second one each, so that clips in any order fall into
    /// halves alike. A single clip does both.</summary>
    public static (int[] Fit, int[] Judged) Halves(int clips)
    {
        var used = Math.Min(clips, MostClips);
        var chosen = Enumerable.Range(0, used).Select(n => (int)((long)n * clips / used)).ToArray();
        return used == 1 ? (chosen, chosen) : ([.. chosen.Where((_, n) => n % 2 == 0)], [.. chosen.Where((_, n) => n % 2 == 1)]);
    }

    private static double Error(QuantizedModel model, ReadOnlyMemory<float>[] clips, double[][] expected)
    {
        var logits = new IntegerNetwork(model).Logits([.. clips.Select(clip => ClipQuantizer.Quantize(model, clip.Span))]);
        return logits.Zip(expected).Sum(clip => clip.First.Zip(clip.Second).Sum(
            logit => Math.Pow(Math.ScaleB(logit.First, -model.Classifier.FractionBits) - logit.Second, 2)));
    }
}
