using Hypgcn.Cycles;
using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.Emission;

/// <summary>What the self-checking test bench sends, and what golden model and cycle model say of it.</summary>
public sealed class BenchVectors
{
    /// <summary>Packets of a bench, unless fewer are asked for.</summary>
    public const int MostPackets = 3;

    private const int ExcessValues = 3;

    private readonly ShellDesign _shell;
    private readonly short[][] _packets;
    private readonly ClipTrace[] _traces;

    private BenchVectors(ShellDesign shell, short[][] packets, CancellationToken cancellationToken)
    {
        _shell = shell;
        _packets = packets;
        var design = shell.Design;
        short[][] clips = [.. packets.Select(packet => ReceivedClip.Of(packet, design.ClipValues))];
        _traces = new ClipSequence(new IntegerNetwork(design.Model), design.RfcRules).Run(clips, cancellationToken);
        Prediction = CycleModel.Predict(
            design,
            [.. _traces.Select(trace => ClipActivity.Of(design.Model, trace))],
            new PacketInput(shell.BeatValues, [.. packets.Select(packet => packet.Length)]),
            new PortPattern(),
            cancellationToken);
    }

    /// <summary>Of a run without stalls.</summary>
    public CyclePrediction Prediction { get; }

    /// <summary>Number of packets.</summary>
    public int Packets => _packets.Length;

    /// <summary>A clip that is a third too short, one that is three values too long, and a whole one.</summary>
    /// <param name="shell">The design.</param>
    /// <param name="clips">Where the values come from, in turn; none: pseudo-random ones between -1 and 1.</param>
    /// <param name="packets">How many of the three.</param>
    /// <param name="cancellationToken">Stops the models.</param>
    public static BenchVectors Create(
        ShellDesign shell, IReadOnlyList<short[]> clips, int packets = MostPackets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(clips);
        var length = shell.Design.ClipValues;
        int[] lengths = [length - (length / 3), length + ExcessValues, length];
        short[][] values =
        [
            .. lengths.Take(packets).Select((count, n) => Enumerable.Range(0, count)
                .Select(i => clips.Count == 0 ? Noise(shell.Design, n, i) : clips[n % clips.Count][i % length]).ToArray()),
        ];
        return new BenchVectors(shell, values, cancellationToken);
    }

    /// <summary>The files that the bench reads.</summary>
    internal IEnumerable<MemoryImage> Images() => [Beats(), Logits(), Cycles(), Registers()];

    /// <summary>Number of beats.</summary>
    internal int BeatCount => _packets.Sum(Beats);

    /// <summary>Width of a word of the beats' file: TLAST, TKEEP, TDATA.</summary>
    internal int BeatBits => 1 + (9 * _shell.InputBytes);

    private int Beats(short[] packet) => (packet.Length + _shell.BeatValues - 1) / _shell.BeatValues;

    private MemoryImage Beats()
    {
        var image = new MemoryImage("beats.mem", BeatBits, BeatCount);
        var (valueBits, keepAt) = (8 * _shell.ValueBytes, 8 * _shell.InputBytes);
        var word = 0;
        foreach (var packet in _packets)
        {
            for (var n = 0; n < packet.Length; n++)
            {
                var slot = n % _shell.BeatValues;
                image.Set(word, slot * valueBits, valueBits, packet[n]);
                image.Set(word, keepAt + (slot * _shell.ValueBytes), _shell.ValueBytes, (1L << _shell.ValueBytes) - 1);
                image.Set(word, BeatBits - 1, 1, n == packet.Length - 1 ? 1 : 0);
                word += slot == _shell.BeatValues - 1 || n == packet.Length - 1 ? 1 : 0;
            }
        }
        return image;
    }

    private MemoryImage Logits()
    {
        var logits = _traces.SelectMany(trace => trace.Logits).ToArray();
        var image = new MemoryImage("logits.mem", 8 * _shell.OutputBytes, logits.Length);
        for (var n = 0; n < logits.Length; n++)
        {
            image.Set(n, 0, 8 * _shell.OutputBytes, logits[n]);
        }
        return image;
    }

    private MemoryImage Cycles()
    {
        var image = new MemoryImage("cycles.mem", 64, 4 * Packets);
        for (var n = 0; n < Packets; n++)
        {
            image.Set(4 * n, 0, 64, Prediction.FirstInput[n]);
            image.Set((4 * n) + 1, 0, 64, Prediction.LastInput[n]);
            image.Set((4 * n) + 2, 0, 64, Prediction.FirstOutput[n]);
            image.Set((4 * n) + 3, 0, 64, Prediction.LastOutput[n]);
        }
        return image;
    }

    /// <summary>Words to read when all is done: what must be there and, above it, the offset.</summary>
    private MemoryImage Registers()
    {
        var counts = new Dictionary<string, uint>(StringComparer.Ordinal)
        {
            ["clips"] = (uint)Packets,
            ["results"] = (uint)Packets,
            ["short_clips"] = (uint)_packets.Count(packet => packet.Length < _shell.Design.ClipValues),
            ["long_clips"] = (uint)_packets.Count(packet => packet.Length > _shell.Design.ClipValues),
            ["first_bad_clip"] = 0, // the first packet is short
        };
        var expected = _shell.Registers.Registers
            .Select(register => (register, Value: register.Fields.All(field => field.Kind == FieldKind.Constant)
                ? register.Fields.Aggregate(0u, (word, field) => word | (field.Value << field.Low))
                : counts.TryGetValue(register.Name, out var count) ? count : (uint?)null))
            .Where(entry => entry.Value is not null).ToList();
        var image = new MemoryImage("registers.mem", 64, expected.Count);
        for (var n = 0; n < expected.Count; n++)
        {
            image.Set(n, 0, 32, expected[n].Value!.Value);
            image.Set(n, 32, 32, expected[n].register.Offset);
        }
        return image;
    }

    // SplitMix64: the same on every machine and in every release.
    private static short Noise(AcceleratorDesign design, int packet, int index)
    {
        unchecked
        {
            var z = ((ulong)packet << 32) + (ulong)index + 1;
            z *= 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            var bits = Math.Clamp(design.Model.Input.ClipFractionBits, 1, design.Model.FeatureBits - 1);
            return (short)((long)(z & ((2UL << bits) - 1)) - (1L << bits));
        }
    }
}
