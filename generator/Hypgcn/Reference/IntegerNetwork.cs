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

    internal int BlockCount => _blocks.Count;

    /// <summary>All boundaries of a clip, nothing dropped.</summary>
    /// <param name="input">[person, frame, joint, channel], the quantised clip.</param>
    /// <exception cref="ArgumentException">The input's length is not M T V C.</exception>
    public ClipTrace Run(short[] input) => Run(input, null);

    /// <summary>Logits [class] of a clip, at 2^-Classifier.FractionBits.</summary>
    /// <param name="input">[person, frame, joint, channel], the quantised clip.</param>
    public long[] Logits(short[] input) => Evaluate(input, null, null);

    /// <summary>Logits of many clips, on all cores.</summary>
    public long[][] Logits(IReadOnlyList<short[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var logits = new long[inputs.Count][];
        Parallel.For(0, inputs.Count, AllCores.With(), n => logits[n] = Logits(inputs[n]));
        return logits;
    }

    /// <summary>All boundaries of a clip.</summary>
    internal ClipTrace Run(short[] input, FifoPass? pass)
    {
        var trace = new TraceBuilder(_blocks.Count);
        var logits = Evaluate(input, trace, pass);
        return trace.Build(logits, Dropped(pass));
    }

    /// <summary>Logits of a clip and how much of it was dropped.</summary>
    internal ClipScore Score(short[] input, FifoPass? pass) => new(Evaluate(input, null, pass), Dropped(pass).Sum());

    private long[] Dropped(FifoPass? pass) => pass is not FifoFilter filter ? [] :
    [
        .. _blocks.SelectMany((block, b) => (block.HasResidual ? Enum.GetValues<RfcReader>() : [RfcReader.Spatial, RfcReader.Middle])
            .Select(reader => filter.Dropped(b, reader))),
    ];

    private long[] Evaluate(short[] input, TraceBuilder? trace, FifoPass? pass)
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
            trace?.AddFeatures(Compact(x, Features(frames, Layout.Pad(_model.InputChannels), 1), _model.InputChannels));
            for (var b = 0; b < _blocks.Count; b++)
            {
                var block = _blocks[b];
                var frame = _model.Joints * block.OutputStride;
                using var z = new FeatureBuffer(_model.Persons * (frames + 2 * block.PadFrames) * frame);
                Spatial(b, block, x, z, frames, trace, pass);
                using var consumed = x;
                x = new FeatureBuffer(_model.Persons * block.OutputFrames(frames) * frame);
                Temporal(b, block, consumed, z, x, frames, trace, pass);
                frames = block.OutputFrames(frames);
                trace?.AddFeatures(Compact(x, Features(frames, block.OutputStride, 1), block.OutputChannels));
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
    internal void Spatial(
        int number, IntegerBlock block, FeatureBuffer x, FeatureBuffer z, int frames, TraceBuilder? trace = null, FifoPass? pass = null)
    {
        var (from, to) = (Features(frames, block.InputStride, 1), Middle(block, frames));
        using var seen = pass?.Through(number, RfcReader.Spatial, x, from);
        var shortcut = (seen ?? x).Start;
        for (var m = 0; m < _model.Persons; m++)
        {
            block.Spatial(x.Start + m * from.PersonLength, shortcut + m * from.PersonLength, frames, z.Start + to.Start + m * to.PersonLength);
        }
        trace?.AddMiddle(Compact(z, to, block.OutputChannels));
        if (seen is not null)
        {
            trace?.AddSeen(number, RfcReader.Spatial, Compact(seen, from, block.InputChannels));
        }
    }

    /// <summary>The block's output.</summary>
    internal void Temporal(
        int number, IntegerBlock block, FeatureBuffer x, FeatureBuffer z, FeatureBuffer y, int frames, TraceBuilder? trace = null, FifoPass? pass = null)
    {
        var (residual, middle) = (Features(frames, block.InputStride, block.Stride), Middle(block, frames));
        using var seenZ = pass?.Through(number, RfcReader.Middle, z, middle);
        using var seenX = block.HasResidual ? pass?.Through(number, RfcReader.Residual, x, residual) : null;
        var fromX = (seenX ?? x).Start;
        var fromZ = (seenZ ?? z).Start;
        var output = block.OutputFrames(frames) * middle.FrameLength;
        for (var m = 0; m < _model.Persons; m++)
        {
            block.Temporal(fromX + m * residual.PersonLength, fromZ + m * middle.PersonLength, frames, y.Start + m * output);
        }
        if (seenZ is not null)
        {
            trace?.AddSeen(number, RfcReader.Middle, Compact(seenZ, middle, block.OutputChannels));
        }
        if (seenX is not null)
        {
            trace?.AddSeen(number, RfcReader.Residual, Compact(seenX, residual with { Step = 1 }, block.InputChannels));
        }
    }

    /// <summary>Frames of x.</summary>
    private FrameWalk Features(int frames, int stride, int step) =>
        new(_model.Persons, frames, step, 0, frames * _model.Joints * stride, _model.Joints * stride);

    /// <summary>Frames of z, without the padding.</summary>
    private FrameWalk Middle(IntegerBlock block, int frames)
    {
        var frame = _model.Joints * block.OutputStride;
        return new(_model.Persons, frames, 1, block.PadFrames * frame, (frames + 2 * block.PadFrames) * frame, frame);
    }

    private short[] Compact(FeatureBuffer values, FrameWalk frames, int channels)
    {
        var compact = new short[frames.Count * _model.Joints * channels];
        for (var n = 0; n < frames.Count; n++)
        {
            Layout.Compact(values.Values.Slice(frames.Offset(n), frames.FrameLength), _model.Joints, channels)
                .CopyTo(compact.AsSpan(n * _model.Joints * channels));
        }
        return compact;
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
