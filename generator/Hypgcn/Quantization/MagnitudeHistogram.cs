namespace Hypgcn.Quantization;

/// <summary>Count, sum and sum of squares of |x| per octave: enough to compute the mean-square error of every
/// power-of-two format afterwards, as such formats clip and vanish at octave edges.</summary>
internal sealed class MagnitudeHistogram
{
    private const int LowestExponent = -40;
    private const int Octaves = 80;
    private readonly long[] _count = new long[Octaves];
    private readonly double[] _sum = new double[Octaves];
    private readonly double[] _squares = new double[Octaves];

    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    public void Add(double value)
    {
        // Zeros are exact in any format; half of all features are zeros.
        if (value != 0)
        {
            var octave = Math.Clamp(Math.ILogB(value) - LowestExponent, 0, Octaves - 1);
            _count[octave] = unchecked(_count[octave] + 1);
            _sum[octave] += Math.Abs(value);
            _squares[octave] += value * value;
        }
    }

    /// <summary>Adds another's values.</summary>
    public void Add(MagnitudeHistogram other)
    {
        for (var n = 0; n < Octaves; n++)
        {
            _count[n] += other._count[n];
            _sum[n] += other._sum[n];
            _squares[n] += other._squares[n];
        }
    }

    /// <summary>Whether all values are zero.</summary>
    public bool IsEmpty => Array.TrueForAll(_count, count => count == 0);

    /// <summary>Sum of squares.</summary>
    public double Energy => _squares.Sum();

    /// <summary>Fraction bits with the least squared error, rounding and clipping together; null when all values are zero.</summary>
    public int? BestFractionBits(int bits)
    {
        int? best = null;
        var least = double.PositiveInfinity;
        // From coarse to fine, so that of equal ones the coarser (more range) wins.
        foreach (var fraction in Fractions(bits))
        {
            var error = SquaredError(bits, fraction);
            if (error < least)
            {
                (least, best) = (error, fraction);
            }
        }
        return least == 0 && _count.Sum() == 0 ? null : best;
    }

    /// <summary>Fraction bits worth trying, coarse to fine.</summary>
    public static IEnumerable<int> Fractions(int bits) => Enumerable.Range(bits - 1 - Octaves / 2, 33 - bits + Octaves / 2);

    /// <summary>Sum of squared errors of rounding and clipping in a format.</summary>
    public double SquaredError(int bits, int fraction)
    {
        var limit = Math.ScaleB(1, bits - 1 - fraction);
        var noise = Math.ScaleB(1, -2 * fraction) / 12;
        double error = 0;
        for (var n = 0; n < Octaves; n++)
        {
            var lower = Math.ScaleB(1, n + LowestExponent);
            if (lower >= limit)
            {
                error += _squares[n] - 2 * limit * _sum[n] + limit * limit * _count[n];
            }
            else
            {
                // A value below half a step is lost whole, which costs less than the noise of rounding.
                error += Math.Min(_squares[n], noise * _count[n]);
            }
        }
        return error;
    }
}
