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

    /// <summary>Sum of squares.</summary>
    public double Energy => _channels.Sum(channel => channel.Energy);

    /// <summary>Fraction bits with the least squared error; null when all values are zero.</summary>
    /// <param name="bits">Width.</param>
    /// <param name="exponents">Channel c has exponents[c] more fraction bits; null for zeros.</param>
    public int? BestFractionBits(int bits, IReadOnlyList<int>? exponents)
    {
        int? best = null;
        var least = double.PositiveInfinity;
        if (Array.TrueForAll(_channels, channel => channel.IsEmpty))
        {
            return null;
        }
        // From coarse to fine, so that of equal ones the coarser (more range) wins.
        foreach (var fraction in MagnitudeHistogram.Fractions(bits))
        {
            var error = SquaredError(bits, fraction, exponents);
            if (error < least)
            {
                (least, best) = (error, fraction);
            }
        }
        return best;
    }

    /// <summary>Sum of squared errors of rounding and clipping in a format, of the values as they are, not as they are scaled.</summary>
    public double SquaredError(int bits, int fraction, IReadOnlyList<int>? exponents)
    {
        double error = 0;
        for (var c = 0; c < _channels.Length; c++)
        {
            error += _channels[c].SquaredError(bits, fraction + (exponents?[c] ?? 0));
        }
        return error;
    }
}
