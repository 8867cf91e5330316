using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Quantization;

/// <summary>How far the integers are from the trained network, boundary by boundary.</summary>
public static class SignalToNoise
{
    /// <summary>Signal-to-noise of x0, of z and x of every block, and of the logits: 10 log10 of the float features' energy
    /// over that of the difference, all clips together.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="formats">Its formats.</param>
    /// <param name="clips">Clips of one T and M.</param>
    /// <returns>Name as in co-simulation (<c>x0</c>, <c>block1.z</c>, <c>block1.x</c>, <c>logits</c>) and dB, in order.</returns>
    public static IReadOnlyList<KeyValuePair<string, double>> Measure(ModelGraph model, QuantizationFormats formats, ClipSet clips)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(formats);
        ArgumentNullException.ThrowIfNull(clips);
        var quantized = Quantizer.Quantize(model, formats, clips.Frames, clips.Persons);
        var (trained, integers) = (new FloatNetwork(model), new IntegerNetwork(quantized));
        var perClip = new (double Signal, double Noise)[clips.Count][];
        Parallel.For(0, clips.Count, AllCores.With(), n =>
        {
            var comparison = new Comparison(quantized, formats, integers.Run(ClipQuantizer.Quantize(quantized, clips.Clip(n))));
            comparison.Logits(trained.Logits(clips.Clip(n), clips.Frames, clips.Persons, comparison.Observe));
            perClip[n] = comparison.Energies;
        });
        string[] names = ["x0", .. Enumerable.Range(1, model.Blocks.Count).SelectMany(b => new[] { $"block{b}.z", $"block{b}.x" }), "logits"];
        return [.. names.Select((name, at) => KeyValuePair.Create(
            name, 10 * Math.Log10(perClip.Sum(clip => clip[at].Signal) / perClip.Sum(clip => clip[at].Noise))))];
    }

    /// <summary>One clip; the float network shows its features person by person, the trace holds all persons.</summary>
    private sealed class Comparison(QuantizedModel model, QuantizationFormats formats, ClipTrace trace)
    {
        private readonly bool[]?[] _unread = [.. model.Blocks.Skip(1).Select(UnreadChannels.Of), null]; // they are not compared
        private readonly int[] _seen = new int[2 * model.Blocks.Count + 1];

        public (double Signal, double Noise)[] Energies { get; } = new (double, double)[2 * model.Blocks.Count + 2];

        public void Observe(FeatureKind kind, int block, ReadOnlySpan<double> values)
        {
            switch (kind)
            {
                case FeatureKind.Input:
                    Add(0, values, trace.Features[0], model.InputChannels, formats.Input, null, null);
                    break;
                case FeatureKind.Middle:
                    Add(
                        2 * block + 1, values, trace.Middle[block], model.Blocks[block].OutputChannels,
                        formats.Blocks[block].Middle, formats.Blocks[block].MiddleExponents, null);
                    break;
                case FeatureKind.Output:
                    Add(
                        2 * block + 2, values, trace.Features[block + 1], model.Blocks[block].OutputChannels,
                        formats.Blocks[block].Output, formats.Blocks[block].OutputExponents,
                        _unread[block]);
                    break;
            }
        }

        public void Logits(double[] logits)
        {
            for (var c = 0; c < logits.Length; c++)
            {
                Add(ref Energies[^1], logits[c], Math.ScaleB(trace.Logits[c], -model.Classifier.FractionBits));
            }
        }

        private void Add(
            int at, ReadOnlySpan<double> values, short[] integers, int channels, int fraction, IReadOnlyList<int>? exponents, bool[]? unread)
        {
            double[] step = [.. Enumerable.Range(0, channels).Select(c => Math.ScaleB(1, -fraction - (exponents?[c] ?? 0)))];
            for (var n = 0; n < values.Length; n++)
            {
                if (unread?[n % channels] != true)
                {
                    Add(ref Energies[at], values[n], integers[_seen[at] + n] * step[n % channels]);
                }
            }
            _seen[at] += values.Length;
        }

        private static void Add(ref (double Signal, double Noise) energy, double expected, double actual) =>
            energy = (energy.Signal + expected * expected, energy.Noise + (expected - actual) * (expected - actual));
    }
}
