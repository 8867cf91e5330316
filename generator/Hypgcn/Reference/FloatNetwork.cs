using Hypgcn.Models;

namespace Hypgcn.Reference;

/// <summary>2s-AGCN without C in double precision, batch norms as trained: what the integers are judged by.</summary>
/// <remarks>Shares no code with the integer path. Instances are immutable; calls may run in parallel.</remarks>
public sealed class FloatNetwork
{
    private readonly ModelGraph _model;
    private readonly IReadOnlyList<FloatBlock> _blocks;

    public FloatNetwork(ModelGraph model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _blocks = [.. model.Blocks.Select(block => new FloatBlock(block, model.Joints))];
    }

    /// <summary>Logits [class] of a clip.</summary>
    /// <param name="clip">[C, T, V, M].</param>
    /// <param name="frames">T, 1 or more.</param>
    /// <param name="persons">M, 1 or more; persons beyond data_bn's use its last one.</param>
    /// <param name="observer">Sees every rounded feature, person by person; null for none.</param>
    /// <exception cref="ArgumentException">The clip's length is not C T V M.</exception>
    public double[] Logits(ReadOnlySpan<float> clip, int frames, int persons, FeatureObserver? observer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, 1);
        if (clip.Length != (long)_model.InputChannels * frames * _model.Joints * persons)
        {
            throw new ArgumentException($"{clip.Length} values are not [{_model.InputChannels}, {frames}, {_model.Joints}, {persons}].", nameof(clip));
        }
        double[] pooled = [];
        var outputFrames = frames;
        for (var person = 0; person < persons; person++)
        {
            var x = NormaliseInput(clip, frames, persons, person);
            observer?.Invoke(FeatureKind.Input, 0, x);
            outputFrames = frames;
            for (var b = 0; b < _blocks.Count; b++)
            {
                (x, outputFrames) = _blocks[b].Run(x, outputFrames, observer is null ? null : Bind(observer, b));
            }
            pooled = AddPooled(pooled, x);
        }
        return Classify(pooled, (double)persons * outputFrames * _model.Joints);
    }

    private static Action<FeatureKind, double[]> Bind(FeatureObserver observer, int block) =>
        (kind, values) => observer(kind, block, values);

    private double[] NormaliseInput(ReadOnlySpan<float> clip, int frames, int persons, int person)
    {
        var (channels, joints, norm) = (_model.InputChannels, _model.Joints, _model.DataNorm);
        var normPerson = Math.Min(person, _model.DataNormPersons - 1);
        var x = new double[frames * joints * channels];
        for (var t = 0; t < frames; t++)
        {
            for (var v = 0; v < joints; v++)
            {
                for (var c = 0; c < channels; c++)
                {
                    var n = (normPerson * joints + v) * channels + c;
                    double value = clip[((c * frames + t) * joints + v) * persons + person];
                    x[(t * joints + v) * channels + c] =
                        norm.Gamma[n] * (value - norm.Mean[n]) / Math.Sqrt(norm.Variance[n] + norm.Epsilon) + norm.Beta[n];
                }
            }
        }
        return x;
    }

    private double[] AddPooled(double[] pooled, double[] x)
    {
        var channels = _model.ClassifierWeight.Length / _model.Classes;
        if (pooled.Length == 0)
        {
            pooled = new double[channels];
        }
        for (var n = 0; n < x.Length; n++)
        {
            pooled[n % channels] += x[n];
        }
        return pooled;
    }

    private double[] Classify(double[] pooled, double count)
    {
        var logits = new double[_model.Classes];
        for (var k = 0; k < logits.Length; k++)
        {
            var sum = _model.ClassifierBias[k];
            for (var c = 0; c < pooled.Length; c++)
            {
                sum += _model.ClassifierWeight[k * pooled.Length + c] * (pooled[c] / count);
            }
            logits[k] = sum;
        }
        return logits;
    }
}
