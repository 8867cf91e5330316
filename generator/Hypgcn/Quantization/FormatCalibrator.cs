using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>Chooses fraction bits per tensor from the weights and from the features that calibration clips produce.</summary>
public static class FormatCalibrator
{
    private const int DefaultFraction = 8;

    /// <summary>The formats for a network; always valid for <see cref="Quantizer.Quantize(ModelGraph, QuantizationFormats, int, int)"/>.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="clips">Clips like those the design will see, each [C, T, V, M]; at least one unless the preset is q8.8.</param>
    /// <param name="frames">T of the clips.</param>
    /// <param name="persons">M of the clips.</param>
    /// <param name="options">Width, preset, headroom.</param>
    /// <exception cref="HypgcnException">No clips to calibrate with.</exception>
    public static QuantizationFormats Choose(
        ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, int frames, int persons, QuantizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(options);
        return Choose(model, clips, frames, persons, [options])[0];
    }

    /// <summary>The formats for several options, of a network that is measured once.</summary>
    public static IReadOnlyList<QuantizationFormats> Choose(ModelGraph model, ClipSet clips, IReadOnlyList<QuantizerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(options);
        return Choose(model, Each(clips), clips.Frames, clips.Persons, options);
    }

    private static QuantizationFormats[] Choose(
        ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, int frames, int persons, IReadOnlyList<QuantizerOptions> options)
    {
        if (options.All(choice => choice.Preset == FormatPreset.Q8Dot8))
        {
            return [.. options.Select(choice => Uniform(model, choice.FeatureBits))];
        }
        if (clips.Count == 0)
        {
            throw new HypgcnException("calibrate: 0 clips; calibration measures the ranges of features on at least one. Give clips or use the preset q8.8.");
        }
        var measured = FeatureStatistics.Measure(model, clips, frames, persons);
        return [.. options.Select(choice =>
        {
            if (choice.Preset == FormatPreset.Q8Dot8)
            {
                return Uniform(model, choice.FeatureBits);
            }
            var span = choice.BalanceSpan ?? SpanTrial.Best(model, clips, (frames, persons), choice);
            return Calibrate(model, measured, clips, (frames, persons), choice with { BalanceSpan = span });
        })];
    }

    /// <summary>The formats for a network that is measured.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="measured">Its features on the clips.</param>
    /// <param name="clips">Each [C, T, V, M].</param>
    /// <param name="shape">T and M.</param>
    /// <param name="options">With a span.</param>
    internal static QuantizationFormats Calibrate(
        ModelGraph model, FeatureStatistics measured, IReadOnlyList<ReadOnlyMemory<float>> clips, (int Frames, int Persons) shape, QuantizerOptions options)
    {
        var formats = Choose(model, measured, options);
        return options.CorrectsBias ? BiasCorrector.Correct(model, formats, measured, clips, shape) : formats;
    }

    /// <summary>The formats for a network, calibrated on a set of clips.</summary>
    public static QuantizationFormats Choose(ModelGraph model, ClipSet clips, QuantizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return Choose(model, Each(clips), clips.Frames, clips.Persons, options);
    }

    private static ReadOnlyMemory<float>[] Each(ClipSet clips) =>
        [.. Enumerable.Range(0, clips.Count).Select(n => clips.Data.AsMemory(n * clips.ClipSize, clips.ClipSize))];

    /// <summary>F = 8 at 16 bits; at other widths the same range of -128 to 128.</summary>
    private static QuantizationFormats Uniform(ModelGraph model, int bits) =>
        QuantizationFormats.Uniform(model, bits, bits - 8);

    private static QuantizationFormats Choose(ModelGraph model, FeatureStatistics measured, QuantizerOptions options)
    {
        var clip = Feature(measured.Clip, options.FeatureBits, options);
        var scale = Weight(InputScales(model), options.FeatureBits);
        var input = Math.Min(Feature(measured.Input, options.BlockBits(0), options), clip + scale);
        var blocks = new List<BlockFormats>();
        var inputFraction = input;
        var exponents = ChannelBalancer.Balance(
            model, measured, [.. model.Blocks.Select((_, b) => (options.BlockBits(b), OutputBits(model, options, b)))], options.BalanceSpan ?? 0);
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            var outputBits = OutputBits(model, options, b);
            var inputExponents = b == 0 ? null : exponents[b - 1].Output;
            var scales = new ChannelScales(inputExponents, exponents[b].Middle, exponents[b].Output);
            blocks.Add(ChooseBlock(model.Blocks[b], scales, measured.Blocks[b], inputFraction, (options.BlockBits(b), outputBits), options));
            inputFraction = blocks[b].Output;
        }
        var last = exponents[^1].Output;
        return new QuantizationFormats
        {
            FeatureBits = options.FeatureBits,
            Clip = clip,
            InputScale = scale,
            Input = input,
            Blocks = blocks,
            Classifier = Weight(
                [.. model.ClassifierWeight.Select((w, n) => Math.ScaleB(w, -(last?[n % last.Length] ?? 0)))], options.FeatureBits),
        };
    }

    private static int OutputBits(ModelGraph model, QuantizerOptions options, int block) =>
        options.BlockBits(Math.Min(block + 1, model.Blocks.Count - 1));

    private static BlockFormats ChooseBlock(
        BlockModel block, ChannelScales scales, BlockStatistics measured, int inputFraction, (int Block, int Output) width, QuantizerOptions options)
    {
        var bits = width.Block;
        var folded = FoldedBlock.Fold(block).Scaled(scales.Input, scales.Middle, scales.Output);
        var graph = Weight(block.Graph, bits);
        var graphFeature = Math.Min(Feature(measured.GraphResult, scales.Input, bits, options), inputFraction + graph);
        var spatial = Weight(folded.Spatial, bits);
        int? down = folded.Down is null ? null : Weight(folded.Down, bits);
        if (down is not null)
        {
            (spatial, down) = Meet(spatial, graphFeature, down.Value, inputFraction, options.AlignSlack(bits));
        }
        var spatialSum = Math.Max(graphFeature + spatial, inputFraction + (down ?? 0));
        var middle = Math.Min(Feature(measured.Middle, scales.Middle, bits, options), spatialSum);
        var temporal = Weight(folded.Temporal, bits);
        int? residual = folded.Residual is null ? null : Weight(folded.Residual, bits);
        if (residual is not null)
        {
            (temporal, residual) = Meet(temporal, middle, residual.Value, inputFraction, options.AlignSlack(bits));
        }
        var format = new BlockFormats
        {
            FeatureBits = bits == options.FeatureBits ? null : bits,
            Graph = graph,
            GraphFeature = graphFeature,
            Spatial = spatial,
            Down = down,
            Middle = middle,
            Temporal = temporal,
            Residual = residual,
            MiddleExponents = scales.Middle,
            OutputExponents = scales.Output,
            Output = Feature(measured.Output, scales.Output, width.Output, options),
        };
        return format with
        {
            Output = Math.Min(format.Output, new BlockScales(inputFraction, format, block.Residual).TemporalSum),
        };
    }

    /// <summary>Lowers the finer of two products' weights towards the other's scale, by at most the slack.</summary>
    private static (int A, int B) Meet(int weightA, int featureA, int weightB, int featureB, int slack)
    {
        var excess = weightA + featureA - (weightB + featureB);
        return excess >= 0
            ? (weightA - Math.Min(excess, slack), weightB)
            : (weightA, weightB - Math.Min(-excess, slack));
    }

    private static int Feature(ChannelHistograms values, IReadOnlyList<int>? exponents, int bits, QuantizerOptions options) =>
        values.BestFractionBits(bits, exponents) - options.Headroom(bits) ?? DefaultFraction;

    private static int Feature(MagnitudeHistogram values, int bits, QuantizerOptions options) =>
        values.BestFractionBits(bits) - options.Headroom(bits) ?? DefaultFraction;

    private static int Weight(ReadOnlySpan<double> weights, int bits)
    {
        var histogram = new MagnitudeHistogram();
        histogram.Add(weights);
        // Finer formats of a tensor near zero would only lengthen alignment shifts.
        return Math.Min(histogram.BestFractionBits(bits) ?? bits - 1, bits + 7);
    }

    private static double[] InputScales(ModelGraph model) =>
        [.. model.DataNorm.Gamma.Zip(model.DataNorm.Variance, (g, v) => g / Math.Sqrt(v + model.DataNorm.Epsilon))];

    /// <summary>Exponents of the channels of x, z and the output; null for zeros.</summary>
    private readonly record struct ChannelScales(IReadOnlyList<int>? Input, IReadOnlyList<int>? Middle, IReadOnlyList<int>? Output);
}
