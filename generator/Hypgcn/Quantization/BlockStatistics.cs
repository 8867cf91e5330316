namespace Hypgcn.Quantization;

/// <summary>Features of one block over a set of clips.</summary>
internal sealed class BlockStatistics(int inputs, int outputs)
{
    public ChannelHistograms GraphResult { get; } = new(inputs);

    public ChannelHistograms Middle { get; } = new(outputs);

    public ChannelHistograms Output { get; } = new(outputs);

    public void Add(BlockStatistics other)
    {
        GraphResult.Add(other.GraphResult);
        Middle.Add(other.Middle);
        Output.Add(other.Output);
    }
}
