namespace Hypgcn.Hardware;

/// <summary>What one RFC FIFO stores.</summary>
/// <param name="Name">Such as <c>block3.middle_fifo</c>.</param>
/// <param name="Banks">Banks that it holds.</param>
/// <param name="WindowFrames">Frames of the drop rule's window.</param>
/// <param name="Words">Words of each mini-bank.</param>
/// <param name="UncompressedBits">Bits of the same FIFO without RFC.</param>
/// <param name="LosslessBits">Bits with RFC and mini-banks that never drop.</param>
/// <param name="Bits">Bits as built.</param>
public sealed record RfcFifoStorage(
    string Name, int Banks, int WindowFrames, IReadOnlyList<int> Words, long UncompressedBits, long LosslessBits, long Bits);
