using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Reference;

/// <summary>The oracle: the arithmetic of <see cref="QuantizedModel"/> as its comments state it, one value at a time.</summary>
public sealed class ScalarIntegerNetwork
{
    private readonly QuantizedModel _model;
    private readonly ScalarRfc? _rfc;

    /// <param name="model">The network.</param>
    /// <param name="rules">What FIFOs drop, clip after clip; null: nothing.</param>
    public ScalarIntegerNetwork(QuantizedModel model, IReadOnlyList<BlockRfcRules>? rules = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _rfc = rules is null ? null : new ScalarRfc(rules);
    }

    /// <summary>All boundaries of a clip.</summary>
    /// <param name="input">[person, frame, joint, channel], the quantised clip.</param>
    /// <exception cref="ArgumentException">The input's length is not M T V C.</exception>
    public ClipTrace Run(short[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length != (long)_model.Persons * _model.Frames * _model.Joints * _model.InputChannels)
        {
            throw new ArgumentException(
                $"{input.Length} values are not [{_model.Persons}, {_model.Frames}, {_model.Joints}, {_model.InputChannels}].", nameof(input));
        }
        List<short[]> features = [Input(input)];
        List<short[]> middle = [];
        var frames = _model.Frames;
        List<long> dropped = [];
        for (var b = 0; b < _model.Blocks.Count; b++)
        {
            var block = _model.Blocks[b];
            short[] Seen(RfcReader reader, short[] values, int channels, int step)
            {
                if (_rfc is null)
                {
                    return values;
                }
                var (kept, words) = _rfc.Keep(b, reader, values, _model.Joints, channels, frames, step);
                dropped.Add(words);
                return kept;
            }

            var x = features[^1];
            var shortcut = Seen(RfcReader.Spatial, x, block.InputChannels, 1);
            middle.Add(Spatial(block, x, shortcut, frames));
            var z = Seen(RfcReader.Middle, middle[^1], block.OutputChannels, 1);
            var residual = block.Residual == ResidualKind.None ? x : Seen(RfcReader.Residual, x, block.InputChannels, block.Stride);
            features.Add(Temporal(block, residual, z, frames));
            frames = OutputFrames(block, frames);
        }
        return new ClipTrace { Features = features, Middle = middle, Logits = Classify(features[^1]), DroppedWords = dropped };
    }

    /// <summary>Logits [class] of a clip, at 2^-Classifier.FractionBits.</summary>
    public long[] Logits(short[] input) => Run(input).Logits;

    private static int OutputFrames(QuantizedBlock block, int frames) => (frames + block.Stride - 1) / block.Stride;

    private short[] Input(short[] q)
    {
        var (perPerson, perFrame) = (q.Length / _model.Persons, _model.Joints * _model.InputChannels);
        var x = new short[q.Length];
        for (var n = 0; n < q.Length; n++)
        {
            var at = n / perPerson * perFrame + n % perFrame;
            x[n] = Requantize((long)q[n] * _model.Input.Scale[at] + _model.Input.Offset[at], _model.Input.Shift, _model.Blocks[0].FeatureBits);
        }
        return x;
    }

    private short[] Spatial(QuantizedBlock block, short[] x, short[] seen, int frames)
    {
        var (inputs, outputs, joints) = (block.InputChannels, block.OutputChannels, _model.Joints);
        var z = new short[_model.Persons * frames * joints * outputs];
        var sums = new long[outputs];
        for (var frame = 0; frame < _model.Persons * frames; frame++)
        {
            var u = GraphResults(block, x.AsSpan(frame * joints * inputs, joints * inputs));
            for (var w = 0; w < joints; w++)
            {
                Array.Clear(sums);
                for (var k = 0; k < _model.Subsets; k++)
                {
                    Accumulate(u.AsSpan((k * joints + w) * inputs, inputs), block.Spatial.AsSpan(k * inputs * outputs), sums);
                }
                var row = seen.AsSpan((frame * joints + w) * inputs, inputs);
                var shortcut = Shortcut(row, block.Down, outputs);
                for (var o = 0; o < outputs; o++)
                {
                    var sum = block.SpatialBias[o] + (sums[o] << block.SpatialAlign) + (shortcut[o] << block.SpatialShortcutAlign);
                    z[(frame * joints + w) * outputs + o] = Rectify(sum, block.SpatialShift, block.FeatureBits);
                }
            }
        }
        return z;
    }

    private short[] GraphResults(QuantizedBlock block, ReadOnlySpan<short> x)
    {
        var (inputs, joints) = (block.InputChannels, _model.Joints);
        var u = new short[_model.Subsets * joints * inputs];
        for (var row = 0; row < _model.Subsets * joints; row++)
        {
            var (k, w) = (row / joints, row % joints);
            for (var i = 0; i < inputs; i++)
            {
                long sum = 0;
                for (var p = 0; p < joints; p++)
                {
                    sum += (long)x[p * inputs + i] * block.Graph[(k * joints + p) * joints + w];
                }
                u[row * inputs + i] = Requantize(sum, block.GraphShift, block.FeatureBits);
            }
        }
        return u;
    }

    private short[] Temporal(QuantizedBlock block, short[] x, short[] z, int frames)
    {
        var (inputs, channels, joints) = (block.InputChannels, block.OutputChannels, _model.Joints);
        var (outputFrames, pad) = (OutputFrames(block, frames), (block.Kernel - 1) / 2);
        var y = new short[_model.Persons * outputFrames * joints * channels];
        for (var row = 0; row < _model.Persons * outputFrames * joints; row++)
        {
            var (m, t, w) = (row / joints / outputFrames, row / joints % outputFrames, row % joints);
            var from = ((m * frames + t * block.Stride) * joints + w) * inputs;
            var residual = block.Residual == ResidualKind.None
                ? new long[channels]
                : Shortcut(x.AsSpan(from, inputs), block.ResidualWeight, channels);
            for (var o = 0; o < channels; o++)
            {
                long sum = 0;
                for (var tap = 0; tap < block.Kernel; tap++)
                {
                    var frame = t * block.Stride + tap - pad;
                    for (var i = 0; frame >= 0 && frame < frames && i < channels; i++)
                    {
                        sum += (long)z[((m * frames + frame) * joints + w) * channels + i]
                            * block.Temporal[(o * channels + i) * block.Kernel + tap];
                    }
                }
                sum = block.TemporalBias[o] + (sum << block.TemporalAlign) + (residual[o] << block.ResidualAlign);
                y[row * channels + o] = Rectify(sum, block.TemporalShift, OutputBits(block));
            }
        }
        return y;
    }

    private long[] Classify(short[] x)
    {
        var channels = _model.Classifier.Weight.Length / _model.Classes;
        var pooled = new long[channels];
        for (var n = 0; n < x.Length; n++)
        {
            pooled[n % channels] += x[n];
        }
        var logits = (long[])_model.Classifier.Bias.Clone();
        for (var n = 0; n < _model.Classifier.Weight.Length; n++)
        {
            logits[n / channels] += _model.Classifier.Weight[n] * pooled[n % channels];
        }
        return logits;
    }

    private static long[] Shortcut(ReadOnlySpan<short> row, int[]? weight, int outputs)
    {
        var sums = new long[outputs];
        if (weight is not null)
        {
            Accumulate(row, weight, sums);
            return sums;
        }
        for (var o = 0; o < outputs; o++)
        {
            sums[o] = row[o];
        }
        return sums;
    }

    /// <summary>sums[o] += sum_i row[i] weight[i, o].</summary>
    private static void Accumulate(ReadOnlySpan<short> row, ReadOnlySpan<int> weight, long[] sums)
    {
        for (var i = 0; i < row.Length; i++)
        {
            for (var o = 0; row[i] != 0 && o < sums.Length; o++)
            {
                sums[o] += (long)row[i] * weight[i * sums.Length + o];
            }
        }
    }

    /// <summary>The width that reads the block's output, found without <see cref="QuantizedBlock.OutputBits"/>.</summary>
    private int OutputBits(QuantizedBlock block)
    {
        var next = _model.Blocks.SkipWhile(other => !ReferenceEquals(other, block)).Skip(1).FirstOrDefault();
        return (next ?? block).FeatureBits;
    }

    private static short Rectify(long sum, int shift, int bits) => Math.Max((short)0, Requantize(sum, shift, bits));

    private static short Requantize(long sum, int shift, int bits)
    {
        var half = shift == 0 ? 0 : 1L << (shift - 1);
        var limit = 1L << (bits - 1);
        return (short)Math.Clamp((sum + half) >> shift, -limit, limit - 1);
    }
}
