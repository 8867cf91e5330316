namespace Hypgcn.Quantization;

/// <summary>Magnitudes of one block's features.</summary>
internal sealed class BlockStatistics
{
    public MagnitudeHistogram GraphResult { get; } = new();

    public MagnitudeHistogram Middle { get; } = new();

    public MagnitudeHistogram Output { get; } = new();
}
