namespace Hypgcn.Hardware;

/// <summary>What reaches the shell's input stream: one packet per clip, of any length.</summary>
/// <param name="BeatValues">Values in a beat, 1 or more; the last beat of a packet may hold fewer.</param>
/// <param name="Values">Values of each packet, 0 or more. Those missing are zeros, those beyond the clip do not reach the accelerator.</param>
public sealed record PacketInput(int BeatValues, IReadOnlyList<int> Values);
