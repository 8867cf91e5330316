namespace Hypgcn.Pruning;

/// <summary>How much of one block stays.</summary>
/// <param name="Channels">Input channels that the spatial convolution goes on reading, 1 or more.</param>
/// <param name="Pattern">Taps of its temporal filters.</param>
public sealed record BlockSchedule(int Channels, TapPattern Pattern);
