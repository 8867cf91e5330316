namespace Hypgcn.Quantization;

/// <summary>Magnitudes and means of a feature, channel by channel.</summary>
internal sealed class ChannelHistograms
{
    private readonly MagnitudeHistogram[] _channels;
    private readonly double[] _sums;
    private long _rows;

    public ChannelHistograms(int channels)
    {
        _channels = [.. Enumerable.Range(0, channels).Select(_ => new MagnitudeHistogram())];
        _sums = new double[channels];
    }

    /// <summary>One per channel.</summary>
    public IReadOnlyList<MagnitudeHistogram> Channels => _channels;

    /// <summary>Mean of each channel.</summary>
    public double[] Means => [.. _sums.Select(sum => sum / _rows)];

    /// <param name="values">Rows of channels.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        for (; !values.IsEmpty; values = values[_sums.Length..])
        {
            for (var c = 0; c < _sums.Length; c++)
            {
                _channels[c].Add(values[c]);
                _sums[c] += values[c];
            }
            _rows++;
        }
    }

    public void Add(ChannelHistograms other)
    {
        for (var c = 0; c < _sums.Length; c++)
        {
            _channels[c].Add(other._channels[c]);
            _sums[c] += other._sums[c];
        }
        _rows += other._rows;
    }

    /// <summary>All channels together, each scaled by 2^exponent.</summary>
    /// <param name="exponents">[channel]; null for zeros.</param>
    public MagnitudeHistogram Scaled(IReadOnlyList<int>? exponents)
    {
        var all = new MagnitudeHistogram();
        for (var c = 0; c < _channels.Length; c++)
        {
            all.Add(_channels[c], exponents?[c] ?? 0);
        }
        return all;
    }
}
