using Hypgcn.Quantization;

namespace Hypgcn.Reference;

/// <summary>What the host does to a clip before sending it.</summary>
public static class ClipQuantizer
{
    /// <summary>floor(x 2^F + 0.5), saturated; [C, T, V, M] becomes [person, frame, joint, channel].</summary>
    /// <param name="clip">[C, T, V, M].</param>
    /// <param name="channels">C.</param>
    /// <param name="frames">T.</param>
    /// <param name="joints">V.</param>
    /// <param name="persons">M.</param>
    /// <param name="fractionBits">F.</param>
    /// <param name="bits">Width, 2 to 16.</param>
    /// <exception cref="ArgumentException">The clip's length is not C T V M.</exception>
    /// <exception cref="HypgcnException">The clip holds a NaN.</exception>
    public static short[] Quantize(
        ReadOnlySpan<float> clip, int channels, int frames, int joints, int persons, int fractionBits, int bits)
    {
        if (clip.Length != (long)channels * frames * joints * persons)
        {
            throw new ArgumentException($"{clip.Length} values are not [{channels}, {frames}, {joints}, {persons}].", nameof(clip));
        }
        var (low, high) = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1);
        var quantized = new short[clip.Length];
        for (var n = 0; n < clip.Length; n++)
        {
            var value = clip[n];
            if (float.IsNaN(value))
            {
                throw new HypgcnException($"clip: value {n} is NaN; every value must be a number. Repair or drop the clip.");
            }
            var (c, t, v, m) = (n / (frames * joints * persons), n / (joints * persons) % frames, n / persons % joints, n % persons);
            // Doubles hold a float times a power of two plus a half exactly where it matters (below 2^16).
            var scaled = Math.Floor(Math.ScaleB((double)value, fractionBits) + 0.5);
            quantized[((m * frames + t) * joints + v) * channels + c] = (short)Math.Clamp(scaled, low, high);
        }
        return quantized;
    }

    /// <summary>A clip [C, T, V, M] in the format and shape of a model's input.</summary>
    public static short[] Quantize(QuantizedModel model, ReadOnlySpan<float> clip)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Quantize(
            clip, model.InputChannels, model.Frames, model.Joints, model.Persons, model.Input.ClipFractionBits, model.FeatureBits);
    }
}
