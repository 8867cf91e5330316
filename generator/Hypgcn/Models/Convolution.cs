namespace Hypgcn.Models;

/// <summary>A convolution along time (kernel 1 for 1x1).</summary>
/// <param name="OutputChannels">Filters.</param>
/// <param name="InputChannels">Channels read by every filter.</param>
/// <param name="Kernel">Taps in time.</param>
/// <param name="Weight">[output, input, tap].</param>
/// <param name="Bias">[output]; zeros where the checkpoint has none.</param>
public sealed record Convolution(int OutputChannels, int InputChannels, int Kernel, double[] Weight, double[] Bias);
