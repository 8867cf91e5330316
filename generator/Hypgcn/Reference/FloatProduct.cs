using System.Numerics;
using System.Runtime.InteropServices;

namespace Hypgcn.Reference;

/// <summary>Dense matrix products in double precision, vectorised over the outputs.</summary>
internal static class FloatProduct
{
    /// <summary>sums[r, o] += sum_i x[r, i] weight[i, o].</summary>
    public static void Accumulate(
        ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> weight, int inputs, Span<double> sums, int outputs)
    {
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            FourRows(x.Slice(row * inputs, 4 * inputs), weight, inputs, sums.Slice(row * outputs, 4 * outputs), outputs);
        }
        for (; row < rows; row++)
        {
            for (var i = 0; i < inputs; i++)
            {
                AddScaled(weight.Slice(i * outputs, outputs), x[row * inputs + i], sums.Slice(row * outputs, outputs));
            }
        }
    }

    /// <summary>sums += scale * values.</summary>
    public static void AddScaled(ReadOnlySpan<double> values, double scale, Span<double> sums)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(values);
        var to = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var factor = new Vector<double>(scale);
        for (var n = 0; n < from.Length; n++)
        {
            to[n] = Vector.FusedMultiplyAdd(from[n], factor, to[n]);
        }
        for (var n = from.Length * Vector<double>.Count; n < values.Length; n++)
        {
            sums[n] = Math.FusedMultiplyAdd(values[n], scale, sums[n]);
        }
    }

    private static void FourRows(
        ReadOnlySpan<double> x, ReadOnlySpan<double> weight, int inputs, Span<double> sums, int outputs)
    {
        var step = 2 * Vector<double>.Count;
        var o = 0;
        for (; o + step <= outputs; o += step)
        {
            Tile(x, weight, inputs, sums, outputs, o);
        }
        for (; o < outputs; o++)
        {
            for (var r = 0; r < 4; r++)
            {
                var sum = sums[r * outputs + o];
                for (var i = 0; i < inputs; i++)
                {
                    sum = Math.FusedMultiplyAdd(x[r * inputs + i], weight[i * outputs + o], sum);
                }
                sums[r * outputs + o] = sum;
            }
        }
    }

    private static void Tile(
        ReadOnlySpan<double> x, ReadOnlySpan<double> weight, int inputs, Span<double> sums, int outputs, int o)
    {
        var n = Vector<double>.Count;
        Vector<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var i = 0; i < inputs; i++)
        {
            var w0 = new Vector<double>(weight.Slice(i * outputs + o, n));
            var w1 = new Vector<double>(weight.Slice(i * outputs + o + n, n));
            var f = new Vector<double>(x[i]);
            (a0, a1) = (Vector.FusedMultiplyAdd(f, w0, a0), Vector.FusedMultiplyAdd(f, w1, a1));
            f = new Vector<double>(x[inputs + i]);
            (b0, b1) = (Vector.FusedMultiplyAdd(f, w0, b0), Vector.FusedMultiplyAdd(f, w1, b1));
            f = new Vector<double>(x[2 * inputs + i]);
            (c0, c1) = (Vector.FusedMultiplyAdd(f, w0, c0), Vector.FusedMultiplyAdd(f, w1, c1));
            f = new Vector<double>(x[3 * inputs + i]);
            (d0, d1) = (Vector.FusedMultiplyAdd(f, w0, d0), Vector.FusedMultiplyAdd(f, w1, d1));
        }
        Add(sums, o, a0, a1);
        Add(sums, outputs + o, b0, b1);
        Add(sums, 2 * outputs + o, c0, c1);
        Add(sums, 3 * outputs + o, d0, d1);
    }

    private static void Add(Span<double> sums, int at, Vector<double> low, Vector<double> high)
    {
        var n = Vector<double>.Count;
        (new Vector<double>(sums.Slice(at, n)) + low).CopyTo(sums.Slice(at, n));
        (new Vector<double>(sums.Slice(at + n, n)) + high).CopyTo(sums.Slice(at + n, n));
    }
}
