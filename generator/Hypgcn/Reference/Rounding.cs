using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hypgcn.Reference;

/// <summary>Bias, aligned sums, half, shift, saturation: the end of every stage.</summary>
internal sealed unsafe class Rounding
{
    private const int Step = 16;
    private readonly PinnedArray<long> _bias;
    private readonly int _align;
    private readonly int _shortcutAlign;
    private readonly int _shift;
    private readonly long _low;
    private readonly long _high;

    /// <param name="bias">[output]; half is added to it.</param>
    /// <param name="align">Left shift of the products.</param>
    /// <param name="shortcutAlign">Left shift of the shortcut.</param>
    /// <param name="shift">Right shift of the sum.</param>
    /// <param name="low">Least value; 0 makes the saturation a ReLU as well.</param>
    /// <param name="high">Greatest value.</param>
    public Rounding(ReadOnlySpan<long> bias, int align, int shortcutAlign, int shift, long low, long high)
    {
        (_align, _shortcutAlign, _shift, _low, _high) = (align, shortcutAlign, shift, low, high);
        var withHalf = new long[(bias.Length + Step - 1) / Step * Step];
        for (var o = 0; o < bias.Length; o++)
        {
            withHalf[o] = bias[o] + (shift == 0 ? 0 : 1L << (shift - 1));
        }
        _bias = new PinnedArray<long>(withHalf);
    }

    /// <summary>Rounds a stretch of one row.</summary>
    /// <param name="sums">Products, [count].</param>
    /// <param name="shortcut">Shortcut, [count], or null.</param>
    /// <param name="first">Output that the stretch begins with, a multiple of 16.</param>
    /// <param name="count">A multiple of 16.</param>
    /// <param name="to">[count].</param>
    public void Apply(long* sums, long* shortcut, int first, int count, short* to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, _bias.Length);
        var bias = _bias.Start + first;
        for (var o = 0; o < count; o += Step)
        {
            var low = Round(sums + o, shortcut is null ? null : shortcut + o, bias + o);
            var high = Round(sums + o + 8, shortcut is null ? null : shortcut + o + 8, bias + o + 8);
            var words = Vector512.Narrow(low, high);
            Vector256.Narrow(words.GetLower(), words.GetUpper()).Store(to + o);
        }
    }

    /// <summary>Widens a row of features for use as a shortcut.</summary>
    public static void Widen(short* from, int count, long* to)
    {
        for (var o = 0; o < count; o += Step)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(from + o));
            Store(low, to + o);
            Store(high, to + o + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<long> Round(long* sums, long* shortcut, long* bias)
    {
        var sum = Vector512.Load(bias) + (Vector512.Load(sums) << _align);
        if (shortcut is not null)
        {
            sum += Vector512.Load(shortcut) << _shortcutAlign;
        }
        sum >>= _shift;
        return Vector512.Min(Vector512.Max(sum, Vector512.Create(_low)), Vector512.Create(_high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> values, long* to)
    {
        var (low, high) = Vector256.Widen(values);
        low.Store(to);
        high.Store(to + 4);
    }
}
