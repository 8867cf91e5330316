namespace Hypgcn.Quantization;

/// <summary>Magnitudes of one block's features.</summary>
internal sealed class BlockStatistics(int channels)
{
    private readonly double[] _middle = new double[channels];
    private readonly double[] _output = new double[channels];
    private long _middleRows;
    private long _outputRows;

    public MagnitudeHistogram GraphResult { get; } = new();

    public MagnitudeHistogram Middle { get; } = new();

    public MagnitudeHistogram Output { get; } = new();

    /// <summary>Mean of each channel of z.</summary>
    public double[] MiddleMeans => [.. _middle.Select(sum => sum / _middleRows)];

    /// <summary>Mean of each channel of the block's output.</summary>
    public double[] OutputMeans => [.. _output.Select(sum => sum / _outputRows)];

    /// <param name="values">[frame, joint, channel].</param>
    public void AddMiddle(ReadOnlySpan<double> values)
    {
        Middle.Add(values);
        Add(values, _middle);
        _middleRows += values.Length / _middle.Length;
    }

    /// <param name="values">[frame, joint, channel].</param>
    public void AddOutput(ReadOnlySpan<double> values)
    {
        Output.Add(values);
        Add(values, _output);
        _outputRows += values.Length / _output.Length;
    }

    public void Add(BlockStatistics other)
    {
        GraphResult.Add(other.GraphResult);
        Middle.Add(other.Middle);
        Output.Add(other.Output);
        Add(other._middle, _middle);
        Add(other._output, _output);
        _middleRows += other._middleRows;
        _outputRows += other._outputRows;
    }

    private static void Add(ReadOnlySpan<double> rows, double[] sums)
    {
        for (var n = 0; n < rows.Length; n++)
        {
            sums[n % sums.Length] += rows[n];
        }
    }
}
