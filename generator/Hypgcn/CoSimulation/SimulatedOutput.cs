using System.Buffers.Binary;

namespace Hypgcn.CoSimulation;

/// <summary>One accepted logit.</summary>
internal readonly record struct SimulatedLogit(long Cycle, long Value, bool IsLast);

/// <summary>The small result files of a run.</summary>
/// <param name="Logits">In the order in which they came.</param>
/// <param name="Inputs">Per completely accepted clip the cycles of its first and last value.</param>
/// <param name="Counters">The counters; empty after a hang.</param>
internal sealed record SimulatedOutput(SimulatedLogit[] Logits, (long First, long Last)[] Inputs, uint[] Counters)
{
    private const int LogitBytes = 17;
    private const int InputBytes = 16;

    internal static SimulatedOutput Read(string folder)
    {
        byte[] logits = File.ReadAllBytes(Path.Combine(folder, "logits.bin"));
        byte[] inputs = File.ReadAllBytes(Path.Combine(folder, "inputs.bin"));
        byte[] counters = File.ReadAllBytes(Path.Combine(folder, "stats.bin"));
        return new SimulatedOutput(
            [.. Enumerable.Range(0, logits.Length / LogitBytes).Select(index => Logit(logits.AsSpan(index * LogitBytes)))],
            [.. Enumerable.Range(0, inputs.Length / InputBytes).Select(index => Input(inputs.AsSpan(index * InputBytes)))],
            [.. Enumerable.Range(0, counters.Length / 4).Select(index => BinaryPrimitives.ReadUInt32LittleEndian(counters.AsSpan(index * 4)))]);
    }

    private static SimulatedLogit Logit(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), bytes[16] != 0);

    private static (long First, long Last) Input(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
}
