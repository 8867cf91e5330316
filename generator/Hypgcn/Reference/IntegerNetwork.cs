using Hypgcn.Quantization;

namespace Hypgcn.Reference;

/// <summary>Bit-exact evaluation of a <see cref="QuantizedModel"/>: what the hardware must show.</summary>
/// <remarks>Sums are exact, so they are taken in the order that suits the vector unit. Instances are immutable; calls may run in parallel.</remarks>
public sealed unsafe class IntegerNetwork
{
    private readonly QuantizedModel _model;
    private readonly IReadOnlyList<IntegerBlock> _blocks;
    private readonly SumRange _input;

    /// <exception cref="ArgumentException">The arrays do not fit the model's sizes.</exception>
    /// <exception cref="OverflowException">The weights do not fit 16 bits or a sum could leave 64 bits.</exception>
    public IntegerNetwork(QuantizedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelShape.Check(model);
        _model = model;
        _input = AccumulatorBounds.Signed(model.InputBits);
        // Proves that 64 bits hold every sum below: vector arithmetic would wrap in silence.
        AccumulatorBounds.Compute(model);
        _blocks = [.. model.Blocks.Select((block, b) =>
            new IntegerBlock(block, model.Joints, AccumulatorBounds.Input(model, b)))];
    }

    /// <summary>All boundaries of a clip.</summary>
    /// <param name="input">[person, frame, joint, channel], the quantised clip.</param>
    /// <exception cref="ArgumentException">The input's length is not M T V C.</exception>
    public ClipTrace Run(short[] input)
    {
        List<short[]> features = [];
        List<short[]> middle = [];
        var logits = Evaluate(input, (values, rows, channels, isMiddle) =>
            (isMiddle ? middle : features).Add(Layout.Compact(values, rows, channels)));
        return new ClipTrace { Features = features, Middle = middle, Logits = logits };
    }

    /// <summary>Logits [class] of a clip, at 2^-Classifier.FractionBits.</summary>
    /// <param name="input">[person, frame, joint, channel], the quantised clip.</param>
    public long[] Logits(short[] input) => Evaluate(input, null);

    /// <summary>Logits of many clips, on all cores.</summary>
    public long[][] Logits(IReadOnlyList<short[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var logits = new long[inputs.Count][];
        Parallel.For(0, inputs.Count, n => logits[n] = Logits(inputs[n]));
        return logits;
    }

    /// <summary>Sees a boundary of the whole clip; rows are padded as <see cref="Layout"/> says.</summary>
    internal delegate void Boundary(ReadOnlySpan<short> values, int rows, int channels, bool isMiddle);

    private long[] Evaluate(short[] input, Boundary? boundary)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length != (long)_model.Persons * _model.Frames * _model.Joints * _model.InputChannels)
        {
            throw new ArgumentException(
                $"{input.Length} values are not [{_model.Persons}, {_model.Frames}, {_model.Joints}, {_model.InputChannels}].", nameof(input));
        }
        var x = new FeatureBuffer(_model.Persons * _model.Frames * _model.Joints * Layout.Pad(_model.InputChannels));
        try
        {
            Input(input, x.Values);
            var frames = _model.Frames;
            boundary?.Invoke(x.Values, _model.Persons * frames * _model.Joints, _model.InputChannels, false);
            foreach (var block in _blocks)
            {
                var frame = _model.Joints * block.OutputStride;
                using var z = new FeatureBuffer(_model.Persons * (frames + 2 * block.PadFrames) * frame);
                Spatial(block, x, z, frames, boundary);
                using var consumed = x;
                x = new FeatureBuffer(_model.Persons * block.OutputFrames(frames) * frame);
                Temporal(block, consumed, z, x, frames);
                frames = block.OutputFrames(frames);
                boundary?.Invoke(x.Values, _model.Persons * frames * _model.Joints, block.OutputChannels, false);
            }
            return Classify(x.Values);
        }
        finally
        {
            x.Dispose();
            // The kernels hold addresses of weights, not references.
            GC.KeepAlive(this);
        }
    }

    /// <summary>x0.</summary>
    internal void Input(short[] q, Span<short> x)
    {
        var (channels, stride) = (_model.InputChannels, Layout.Pad(_model.InputChannels));
        var (perPerson, perFrame) = (q.Length / _model.Persons, _model.Joints * channels);
        var half = _model.Input.Shift == 0 ? 0 : 1L << (_model.Input.Shift - 1);
        for (var n = 0; n < q.Length; n++)
        {
            var at = n / perPerson * perFrame + n % perFrame;
            var sum = (long)q[n] * _model.Input.Scale[at] + _model.Input.Offset[at] + half;
            x[n / channels * stride + n % channels] = (short)Math.Clamp(sum >> _model.Input.Shift, _input.Min, _input.Max);
        }
    }

    /// <summary>z as [person][padding, frame, padding][joint, channel].</summary>
    internal void Spatial(IntegerBlock block, FeatureBuffer x, FeatureBuffer z, int frames, Boundary? boundary)
    {
        var (inputFrame, frame) = (_model.Joints * block.InputStride, _model.Joints * block.OutputStride);
        var person = (frames + 2 * block.PadFrames) * frame;
        for (var m = 0; m < _model.Persons; m++)
        {
            block.Spatial(x.Start + m * frames * inputFrame, frames, z.Start + m * person + block.PadFrames * frame);
        }
        if (boundary is not null)
        {
            var unpadded = new short[_model.Persons * frames * frame];
            for (var m = 0; m < _model.Persons; m++)
            {
                z.Values.Slice(m * person + block.PadFrames * frame, frames * frame).CopyTo(unpadded.AsSpan(m * frames * frame));
            }
            boundary(unpadded, _model.Persons * frames * _model.Joints, block.OutputChannels, true);
        }
    }

    /// <summary>The block's output.</summary>
    internal void Temporal(IntegerBlock block, FeatureBuffer x, FeatureBuffer z, FeatureBuffer y, int frames)
    {
        var (inputFrame, frame) = (_model.Joints * block.InputStride, _model.Joints * block.OutputStride);
        for (var m = 0; m < _model.Persons; m++)
        {
            block.Temporal(
                x.Start + m * frames * inputFrame, z.Start + m * (frames + 2 * block.PadFrames) * frame,
                frames, y.Start + m * block.OutputFrames(frames) * frame);
        }
    }

    private long[] Classify(ReadOnlySpan<short> x)
    {
        var channels = _model.Classifier.Weight.Length / _model.Classes;
        var stride = Layout.Pad(channels);
        var pooled = new long[stride];
        for (var row = 0; row < x.Length; row += stride)
        {
            for (var c = 0; c < stride; c++)
            {
                pooled[c] = unchecked(pooled[c] + x[row + c]);
            }
        }
        var logits = (long[])_model.Classifier.Bias.Clone();
        for (var n = 0; n < _model.Classifier.Weight.Length; n++)
        {
            logits[n / channels] += _model.Classifier.Weight[n] * pooled[n % channels];
        }
        return logits;
    }
}
