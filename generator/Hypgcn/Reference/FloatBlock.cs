using Hypgcn.Models;

namespace Hypgcn.Reference;

/// <summary>One block of <see cref="FloatNetwork"/> on one person's features [frame, joint, channel].</summary>
internal sealed class FloatBlock
{
    private readonly BlockModel _block;
    private readonly int _joints;
    private readonly double[][] _spatial;
    private readonly double[]? _down;
    private readonly double[][] _temporal;
    private readonly double[]? _residual;

    public FloatBlock(BlockModel block, int joints)
    {
        (_block, _joints) = (block, joints);
        _spatial = [.. block.Spatial.Select(c => Tap(c, 0))];
        _down = block.Down is null ? null : Tap(block.Down, 0);
        _temporal = [.. Enumerable.Range(0, block.Temporal.Kernel).Select(tap => Tap(block.Temporal, tap))];
        _residual = block.ResidualConvolution is null ? null : Tap(block.ResidualConvolution, 0);
    }

    /// <summary>The block's output and its number of frames.</summary>
    public (double[] Output, int Frames) Run(double[] x, int frames, Action<FeatureKind, double[]>? observer)
    {
        var z = Spatial(x, frames, observer);
        observer?.Invoke(FeatureKind.Middle, z);
        var y = Temporal(x, z, frames);
        observer?.Invoke(FeatureKind.Output, y);
        return (y, (frames + _block.Stride - 1) / _block.Stride);
    }

    private double[] Spatial(double[] x, int frames, Action<FeatureKind, double[]>? observer)
    {
        var rows = frames * _joints;
        var z = new double[rows * _block.OutputChannels];
        var u = new double[rows * _block.InputChannels];
        for (var k = 0; k < _spatial.Length; k++)
        {
            ApplyGraph(x, u, frames, k);
            observer?.Invoke(FeatureKind.GraphResult, u);
            FloatProduct.Accumulate(u, rows, _spatial[k], _block.InputChannels, z, _block.OutputChannels);
            AddBias(z, _block.Spatial[k].Bias);
        }
        Normalise(z, _block.SpatialNorm);
        var shortcut = x;
        if (_down is not null)
        {
            shortcut = new double[z.Length];
            FloatProduct.Accumulate(x, rows, _down, _block.InputChannels, shortcut, _block.OutputChannels);
            AddBias(shortcut, _block.Down!.Bias);
            Normalise(shortcut, _block.DownNorm);
        }
        AddAndRectify(z, shortcut);
        return z;
    }

    private void ApplyGraph(double[] x, double[] u, int frames, int k)
    {
        var channels = _block.InputChannels;
        Array.Clear(u);
        for (var t = 0; t < frames; t++)
        {
            for (var p = 0; p < _joints; p++)
            {
                var from = x.AsSpan((t * _joints + p) * channels, channels);
                for (var w = 0; w < _joints; w++)
                {
                    var g = _block.Graph[(k * _joints + p) * _joints + w];
                    if (g != 0)
                    {
                        FloatProduct.AddScaled(from, g, u.AsSpan((t * _joints + w) * channels, channels));
                    }
                }
            }
        }
    }

    private double[] Temporal(double[] x, double[] z, int frames)
    {
        var outputFrames = (frames + _block.Stride - 1) / _block.Stride;
        var (channels, pad) = (_block.OutputChannels, (_block.Temporal.Kernel - 1) / 2);
        var y = new double[outputFrames * _joints * channels];
        for (var t = 0; t < outputFrames; t++)
        {
            var to = y.AsSpan(t * _joints * channels, _joints * channels);
            for (var tap = 0; tap < _temporal.Length; tap++)
            {
                var from = t * _block.Stride + tap - pad;
                if (from >= 0 && from < frames)
                {
                    FloatProduct.Accumulate(
                        z.AsSpan(from * _joints * channels), _joints, _temporal[tap], channels, to, channels);
                }
            }
        }
        AddBias(y, _block.Temporal.Bias);
        Normalise(y, _block.TemporalNorm);
        AddAndRectify(y, Residual(x, outputFrames));
        return y;
    }

    private double[]? Residual(double[] x, int outputFrames)
    {
        if (_block.Residual == ResidualKind.None)
        {
            return null;
        }
        var (frame, channels) = (_joints * _block.InputChannels, _block.OutputChannels);
        var residual = new double[outputFrames * _joints * channels];
        for (var t = 0; t < outputFrames; t++)
        {
            var from = x.AsSpan(t * _block.Stride * frame, frame);
            var to = residual.AsSpan(t * _joints * channels, _joints * channels);
            if (_residual is null)
            {
                from.CopyTo(to);
            }
            else
            {
                FloatProduct.Accumulate(from, _joints, _residual, _block.InputChannels, to, channels);
            }
        }
        if (_residual is not null)
        {
            AddBias(residual, _block.ResidualConvolution!.Bias);
            Normalise(residual, _block.ResidualNorm);
        }
        return residual;
    }

    private static void AddBias(double[] values, double[] bias)
    {
        for (var n = 0; n < values.Length; n++)
        {
            values[n] += bias[n % bias.Length];
        }
    }

    private static void Normalise(double[] values, BatchNorm? norm)
    {
        if (norm is null)
        {
            return;
        }
        var channels = norm.Gamma.Length;
        var deviation = norm.Variance.Select(v => Math.Sqrt(v + norm.Epsilon)).ToArray();
        for (var n = 0; n < values.Length; n++)
        {
            var c = n % channels;
            values[n] = norm.Gamma[c] * (values[n] - norm.Mean[c]) / deviation[c] + norm.Beta[c];
        }
    }

    private static void AddAndRectify(double[] values, double[]? addend)
    {
        for (var n = 0; n < values.Length; n++)
        {
            values[n] = Math.Max(0, values[n] + (addend?[n] ?? 0));
        }
    }

    /// <summary>One tap's weights as [input, output].</summary>
    private static double[] Tap(Convolution convolution, int tap)
    {
        var (inputs, outputs) = (convolution.InputChannels, convolution.OutputChannels);
        var weight = new double[inputs * outputs];
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                weight[i * outputs + o] = convolution.Weight[(o * inputs + i) * convolution.Kernel + tap];
            }
        }
        return weight;
    }
}
