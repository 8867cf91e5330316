namespace Hypgcn.Quantization;

/// <summary>Least and greatest value that a sum can take, its partial sums in any order included.</summary>
/// <param name="Min">0 or less: the empty partial sum counts.</param>
/// <param name="Max">0 or more.</param>
public readonly record struct SumRange(long Min, long Max)
{
    /// <summary>The smallest two's complement width that holds every value of the range, 1 or more.</summary>
    public int WidthBits
    {
        get
        {
            // ~min and max need the same magnitude bits in two's complement; the sign is one more.
            var magnitude = Math.Max(Min < 0 ? ~Min : 0, Max);
            return 65 - System.Numerics.BitOperations.LeadingZeroCount((ulong)magnitude);
        }
    }

    /// <summary>The range of the sum of a value from each range, in any order.</summary>
    public static SumRange operator +(SumRange a, SumRange b) => new(a.Min + b.Min, a.Max + b.Max);

    /// <summary>The smallest range that holds both.</summary>
    public static SumRange operator |(SumRange a, SumRange b) => new(Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max));

    /// <summary>The range of the values shifted left.</summary>
    /// <exception cref="OverflowException">The result leaves 64 bits.</exception>
    public static SumRange operator <<(SumRange range, int shift) =>
        new(range.Min * (1L << shift), range.Max * (1L << shift));

    /// <summary>The range of one constant.</summary>
    public static SumRange Of(long value) => new(Math.Min(0, value), Math.Max(0, value));

    /// <summary>The range of weight times any value of a feature's range.</summary>
    internal static SumRange Product(long weight, SumRange feature) => weight >= 0
        ? new(weight * feature.Min, weight * feature.Max)
        : new(weight * feature.Max, weight * feature.Min);
}
