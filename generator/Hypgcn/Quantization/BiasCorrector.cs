using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Quantization;

/// <summary>
/// Shifts the biases of all blocks so that every channel of z and of the output has the mean over the calibration clips
/// that it has in floating point. A rounded weight errs the same way in every frame and joint, and that is the part of the
/// error which the pooling in front of the classifier does not average away.
/// </summary>
/// <remarks>Block by block, each on the features of the blocks corrected before it.</remarks>
internal sealed class BiasCorrector : IDisposable
{
    private const int Rounds = 3;

    // A channel that is hardly ever active would be moved far beyond its error.
    private const double LeastActive = 0.05;

    private readonly QuantizedModel _model;
    private readonly IntegerNetwork _network;
    private readonly FeatureBuffer[] _features;
    private int _frames;

    private BiasCorrector(QuantizedModel model, IReadOnlyList<ReadOnlyMemory<float>> clips)
    {
        (_model, _network, _frames) = (model, new IntegerNetwork(model), model.Frames);
        _features = Buffers(clips.Count, Rows(_frames) * Layout.Pad(model.InputChannels));
        Parallel.For(0, clips.Count, AllCores.With(), n => _network.Input(ClipQuantizer.Quantize(model, clips[n].Span), _features[n].Values));
    }

    /// <summary>The formats with corrections for every block.</summary>
    /// <param name="graph">The trained network.</param>
    /// <param name="formats">Its formats.</param>
    /// <param name="measured">Its features on the clips.</param>
    /// <param name="clips">Each [C, T, V, M].</param>
    /// <param name="shape">T and M.</param>
    public static QuantizationFormats Correct(
        ModelGraph graph, QuantizationFormats formats, FeatureStatistics measured,
        IReadOnlyList<ReadOnlyMemory<float>> clips, (int Frames, int Persons) shape)
    {
        using var corrector = new BiasCorrector(Quantizer.Quantize(graph, formats, shape.Frames, shape.Persons), clips);
        var blocks = formats.Blocks.ToArray();
        for (var b = 0; b < blocks.Length; b++)
        {
            var original = corrector._model.Blocks[b];
            var block = corrector.Run(original, blocks[b], measured.Blocks[b], b);
            blocks[b] = blocks[b] with
            {
                SpatialBias = Difference(block.SpatialBias, original.SpatialBias),
                TemporalBias = Difference(block.TemporalBias, original.TemporalBias),
            };
        }
        return formats with { Blocks = blocks };
    }

    public void Dispose()
    {
        foreach (var features in _features)
        {
            features.Dispose();
        }
    }

    /// <summary>The block with its biases corrected; its output replaces the features.</summary>
    private QuantizedBlock Run(QuantizedBlock block, BlockFormats format, BlockStatistics target, int b)
    {
        var x = AccumulatorBounds.Input(_model, b);
        var (stride, outFrames) = (Layout.Pad(block.OutputChannels), (_frames + block.Stride - 1) / block.Stride);
        var middle = Buffers(_features.Length, Rows(_frames + block.Kernel - 1) * stride);
        var spatialBias = Solve(block.SpatialBias, block.SpatialShift, Spatial, () => Errors(
            middle, Scaled(target.Middle, format.MiddleExponents), Rows(_frames), block.MiddleFractionBits));
        block = block with { SpatialBias = spatialBias };
        var output = Buffers(_features.Length, Rows(outFrames) * stride);
        var temporalBias = Solve(block.TemporalBias, block.TemporalShift, Temporal, () => Errors(
            output, Scaled(target.Output, format.OutputExponents), Rows(outFrames), block.OutputFractionBits));
        for (var n = 0; n < _features.Length; n++)
        {
            middle[n].Dispose();
            _features[n].Dispose();
            _features[n] = output[n];
        }
        _frames = outFrames;
        return block with { TemporalBias = temporalBias };

        void Spatial(long[] bias)
        {
            var stage = new IntegerBlock(block with { SpatialBias = bias }, _model.Joints, x);
            Parallel.For(0, middle.Length, AllCores.With(), n => _network.Spatial(b, stage, _features[n], middle[n], _frames));
        }

        void Temporal(long[] bias)
        {
            var stage = new IntegerBlock(block with { TemporalBias = bias }, _model.Joints, x);
            Parallel.For(0, output.Length, AllCores.With(), n => _network.Temporal(b, stage, _features[n], middle[n], output[n], _frames));
        }
    }

    /// <summary>The biases whose channels came nearest to their means in a few rounds, and the stage run with them. A channel
    /// keeps its best bias: one that is constant, or hardly ever active, would leap to and fro across the steps of its format.</summary>
    private static long[] Solve(long[] bias, int shift, Action<long[]> run, Func<(double[] Error, double[] Step)> measure)
    {
        var best = bias;
        run(best);
        var (error, step) = measure();
        for (var round = 0; round < Rounds; round++)
        {
            var trial = bias.Select((original, c) => original + Math.Clamp(
                best[c] - original + (long)Math.Round(Math.ScaleB(step[c], shift)), -FormatRules.MostCorrection, FormatRules.MostCorrection)).ToArray();
            run(trial);
            var (newError, newStep) = measure();
            best = (long[])best.Clone();
            for (var c = 0; c < best.Length; c++)
            {
                if (Math.Abs(newError[c]) < Math.Abs(error[c]))
                {
                    (best[c], error[c], step[c]) = (trial[c], newError[c], newStep[c]);
                }
                else
                {
                    step[c] /= 2;
                }
            }
        }
        run(best);
        return best;
    }

    private static double[] Scaled(ChannelHistograms feature, IReadOnlyList<int>? exponents) =>
        [.. feature.Means.Select((mean, c) => Math.ScaleB(mean, exponents?[c] ?? 0))];

    private int Rows(int frames) => _model.Persons * frames * _model.Joints;

    private static FeatureBuffer[] Buffers(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(_ => new FeatureBuffer(length))];

    /// <summary>How far the mean of each channel is from the wanted one, and how far the channel must move before its ReLU to get
    /// there, both in steps of the feature's format.</summary>
    /// <param name="clips">Features; padding is zero and so does not count.</param>
    /// <param name="means">Wanted means, real but for the channels' powers of two.</param>
    /// <param name="rows">Rows of a clip.</param>
    /// <param name="fraction">F of the features.</param>
    private static (double[] Error, double[] Step) Errors(FeatureBuffer[] clips, double[] means, int rows, int fraction)
    {
        var stride = Layout.Pad(means.Length);
        var (sum, active) = (new long[stride], new long[stride]);
        foreach (var clip in clips)
        {
            var values = clip.Values;
            for (var n = 0; n < values.Length; n++)
            {
                sum[n % stride] += values[n];
                active[n % stride] += values[n] > 0 ? 1 : 0;
            }
        }
        var count = (double)rows * clips.Length;
        double[] error = [.. means.Select((mean, c) => Math.ScaleB(mean, fraction) - sum[c] / count)];
        return (error, [.. error.Select((value, c) => value / Math.Max(active[c] / count, LeastActive))]);
    }

    private static long[] Difference(long[] a, long[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
