namespace Hypgcn.Hardware;

/// <summary>One output of a temporal lane: a filter's tap (or its residual, tap = kernel).</summary>
/// <param name="Channel">Output channel.</param>
/// <param name="Tap">0..kernel-1, or kernel for the 1x1 residual convolution.</param>
public readonly record struct TemporalPair(int Channel, int Tap);
