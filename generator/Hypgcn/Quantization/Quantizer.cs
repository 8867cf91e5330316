using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>Folds batch norms in double precision and rounds a trained network to the integers of the hardware.</summary>
public static class Quantizer
{
    /// <summary>Quantises with given formats: the same checkpoint and formats always give the same integers.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="formats">Fraction bits per tensor; weights outside a format's range saturate.</param>
    /// <param name="frames">T of a clip, 1 or more.</param>
    /// <param name="persons">M of a clip, 1 or more; persons beyond data_bn's use its last one.</param>
    /// <exception cref="HypgcnException">The formats do not fit the network or would need a left shift at a rounding.</exception>
    public static QuantizedModel Quantize(ModelGraph model, QuantizationFormats formats, int frames, int persons)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(formats);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, 1);
        var problems = FormatRules.Check(model, formats);
        if (problems.Count > 0)
        {
            throw new HypgcnException(string.Join(Environment.NewLine, problems));
        }
        var blocks = new List<QuantizedBlock>();
        var inputFraction = formats.Input;
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            var format = formats.Blocks[b];
            var folded = FoldedBlock.Fold(model.Blocks[b]).Scaled(
                b == 0 ? null : formats.Blocks[b - 1].OutputExponents, format.MiddleExponents, format.OutputExponents);
            blocks.Add(QuantizeBlock(folded, format, inputFraction, formats.BlockBits(b), formats.OutputBits(b)));
            inputFraction = format.Output;
        }
        for (var b = 0; b + 1 < blocks.Count; b++)
        {
            blocks[b] = UnreadChannels.Silence(blocks[b], UnreadChannels.Of(blocks[b + 1]));
        }
        return new QuantizedModel
        {
            FeatureBits = formats.FeatureBits,
            Joints = model.Joints,
            Subsets = model.Subsets,
            InputChannels = model.InputChannels,
            Persons = persons,
            Frames = frames,
            Classes = model.Classes,
            Input = QuantizeInput(model, formats, persons),
            Blocks = blocks,
            Classifier = QuantizeClassifier(model, formats, inputFraction, PooledValues(model, frames, persons)),
        };
    }

    /// <summary>Quantises with formats calibrated on clips, or with the preset that the options name.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="clips">Calibration clips, each [C, T, V, M]; not read by the preset q8.8.</param>
    /// <param name="frames">T of a clip.</param>
    /// <param name="persons">M of a clip.</param>
    /// <param name="options">Width and way to choose the formats.</param>
    public static QuantizedModel Quantize(
        ModelGraph model, IReadOnlyList<ReadOnlyMemory<float>> clips, int frames, int persons, QuantizerOptions options) =>
        Quantize(model, FormatCalibrator.Choose(model, clips, frames, persons, options), frames, persons);

    /// <summary>Quantises for clips of the calibration clips' T and M.</summary>
    public static QuantizedModel Quantize(ModelGraph model, ClipSet clips, QuantizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return Quantize(model, FormatCalibrator.Choose(model, clips, options), clips.Frames, clips.Persons);
    }

    /// <summary>M T' V: how many values of a channel the classifier takes the mean of.</summary>
    public static long PooledValues(ModelGraph model, int frames, int persons)
    {
        ArgumentNullException.ThrowIfNull(model);
        var outputFrames = model.Blocks.Aggregate(frames, (t, block) => (t + block.Stride - 1) / block.Stride);
        return (long)persons * outputFrames * model.Joints;
    }

    private static QuantizedInput QuantizeInput(ModelGraph model, QuantizationFormats formats, int persons)
    {
        var perPerson = model.Joints * model.InputChannels;
        var scale = new double[persons * perPerson];
        var offset = new double[persons * perPerson];
        var norm = model.DataNorm;
        for (var n = 0; n < scale.Length; n++)
        {
            var source = Math.Min(n / perPerson, model.DataNormPersons - 1) * perPerson + n % perPerson;
            scale[n] = norm.Gamma[source] / Math.Sqrt(norm.Variance[source] + norm.Epsilon);
            offset[n] = norm.Beta[source] - norm.Mean[source] * scale[n];
        }
        return new QuantizedInput
        {
            ClipFractionBits = formats.Clip,
            Scale = FixedPoint.Weights(scale, formats.InputScale, formats.FeatureBits),
            Offset = FixedPoint.Biases(offset, formats.Clip + formats.InputScale),
            Shift = formats.Clip + formats.InputScale - formats.Input,
            FractionBits = formats.Input,
        };
    }

    private static QuantizedBlock QuantizeBlock(FoldedBlock folded, BlockFormats format, int inputFraction, int bits, int outputBits)
    {
        var block = folded.Source;
        var scales = new BlockScales(inputFraction, format, block.Residual);
        return new QuantizedBlock
        {
            FeatureBits = bits,
            OutputBits = outputBits,
            InputChannels = block.InputChannels,
            OutputChannels = block.OutputChannels,
            Stride = block.Stride,
            Kernel = block.Temporal.Kernel,
            Graph = FixedPoint.Weights(block.Graph, format.Graph, bits),
            GraphShift = inputFraction + format.Graph - format.GraphFeature,
            Spatial = FixedPoint.Weights(folded.Spatial, format.Spatial, bits),
            SpatialBias = Corrected(FixedPoint.Biases(folded.SpatialBias, scales.SpatialSum), format.SpatialBias),
            Down = folded.Down is null ? null : FixedPoint.Weights(folded.Down, format.Down!.Value, bits),
            SpatialAlign = scales.SpatialSum - scales.SpatialProduct,
            SpatialShortcutAlign = scales.SpatialSum - scales.ShortcutProduct,
            SpatialShift = scales.SpatialSum - format.Middle,
            Temporal = FixedPoint.Weights(folded.Temporal, format.Temporal, bits),
            TemporalBias = Corrected(FixedPoint.Biases(folded.TemporalBias, scales.TemporalSum), format.TemporalBias),
            TemporalAlign = scales.TemporalSum - scales.TemporalProduct,
            Residual = block.Residual,
            ResidualWeight = folded.Residual is null ? null : FixedPoint.Weights(folded.Residual, format.Residual!.Value, bits),
            ResidualAlign = scales.TemporalSum - scales.ResidualProduct,
            TemporalShift = scales.TemporalSum - format.Output,
            InputFractionBits = inputFraction,
            GraphFractionBits = format.GraphFeature,
            MiddleFractionBits = format.Middle,
            OutputFractionBits = format.Output,
        };
    }

    private static long[] Corrected(long[] bias, IReadOnlyList<long>? correction) =>
        correction is null ? bias : [.. bias.Zip(correction, (b, c) => b + c)];

    private static QuantizedClassifier QuantizeClassifier(
        ModelGraph model, QuantizationFormats formats, int inputFraction, long pooled)
    {
        var weightFraction = formats.Classifier + (int)long.Log2(pooled);
        var (exponents, channels) = (formats.Blocks[^1].OutputExponents, model.ClassifierWeight.Length / model.Classes);
        var mean = model.ClassifierWeight.Select((w, n) => Math.ScaleB(w / pooled, -(exponents?[n % channels] ?? 0))).ToArray();
        return new QuantizedClassifier
        {
            Weight = FixedPoint.Weights(mean, weightFraction, formats.FeatureBits),
            Bias = FixedPoint.Biases(model.ClassifierBias, weightFraction + inputFraction),
            FractionBits = weightFraction + inputFraction,
        };
    }
}
