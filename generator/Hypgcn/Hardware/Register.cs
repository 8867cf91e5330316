namespace Hypgcn.Hardware;

/// <summary>A 32-bit register of the shell.</summary>
/// <param name="Name">Lower snake.</param>
/// <param name="Offset">In bytes from the base address, a multiple of 4.</param>
/// <param name="Text">What it is, a sentence.</param>
/// <param name="Fields">From the lowest bit up; bits between them read 0.</param>
/// <param name="TellsReads">Whether the hardware is told of every read.</param>
public sealed record Register(string Name, int Offset, string Text, IReadOnlyList<RegisterField> Fields, bool TellsReads = false);
