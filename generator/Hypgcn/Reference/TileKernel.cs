using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hypgcn.Reference;

/// <summary>Multiplies four rows with one packed tile; exact whatever the instruction set.</summary>
internal static unsafe class TileKernel
{
    public const int Rows = 4;

    /// <summary>sums[r, o] = sum_j rows[r][offset_j] w[j, o], with <see cref="PackedTile.Outputs"/> outputs a row.</summary>
    public static void Multiply(short* row0, short* row1, short* row2, short* row3, int* offsets, int* ends, int segments, short* weights, int groups, long* sums)
    {
        if (Avx512BW.IsSupported && groups == PackedProduct.TileGroups)
        {
            Wide(row0, row1, row2, row3, offsets, ends, segments, weights, sums);
            return;
        }
        for (var g = 0; g < groups; g++)
        {
            var groupWeights = weights + g * 2 * PackedProduct.GroupOutputs;
            var groupSums = sums + g * PackedProduct.GroupOutputs;
            if (Avx512BW.IsSupported)
            {
                Group512(row0, row1, row2, row3, offsets, ends, segments, groupWeights, groups, groupSums);
            }
            else if (Avx2.IsSupported)
            {
                Group256(row0, row1, row2, row3, offsets, ends, segments, groupWeights, groups, groupSums);
            }
            else
            {
                Portable(row0, row1, row2, row3, offsets, ends, segments, groupWeights, groups, groupSums);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Pair512(short* row, int offset) => Vector512.Create(*(int*)(row + offset)).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Add512(Vector512<int> sum, Vector512<short> x, Vector512<short> w) =>
        Avx512F.Add(sum, Avx512BW.MultiplyAddAdjacent(x, w));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spill(long* to, Vector512<int> sum, bool first)
    {
        var low = Avx512F.ConvertToVector512Int64(sum.GetLower());
        var high = Avx512F.ConvertToVector512Int64(sum.GetUpper());
        if (!first)
        {
            low += Vector512.Load(to);
            high += Vector512.Load(to + 8);
        }
        low.Store(to);
        high.Store(to + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(short* row0, short* row1, short* row2, short* row3, int* offsets, int* ends, int segments, short* weights, long* sums)
    {
        unchecked
        {
            var j = 0;
            for (var s = 0; s < segments; s++)
            {
                Vector512<int> a0 = default, a1 = default, a2 = default, a3 = default;
                Vector512<int> b0 = default, b1 = default, b2 = default, b3 = default;
                Vector512<int> c0 = default, c1 = default, c2 = default, c3 = default;
                Vector512<int> d0 = default, d1 = default, d2 = default, d3 = default;
                for (; j < ends[s]; j++, weights += 128)
                {
                    var offset = offsets[j];
                    var w0 = Vector512.Load(weights);
                    var w1 = Vector512.Load(weights + 32);
                    var w2 = Vector512.Load(weights + 64);
                    var w3 = Vector512.Load(weights + 96);
                    var x = Pair512(row0, offset);
                    a0 = Add512(a0, x, w0);
                    a1 = Add512(a1, x, w1);
                    a2 = Add512(a2, x, w2);
                    a3 = Add512(a3, x, w3);
                    x = Pair512(row1, offset);
                    b0 = Add512(b0, x, w0);
                    b1 = Add512(b1, x, w1);
                    b2 = Add512(b2, x, w2);
                    b3 = Add512(b3, x, w3);
                    x = Pair512(row2, offset);
                    c0 = Add512(c0, x, w0);
                    c1 = Add512(c1, x, w1);
                    c2 = Add512(c2, x, w2);
                    c3 = Add512(c3, x, w3);
                    x = Pair512(row3, offset);
                    d0 = Add512(d0, x, w0);
                    d1 = Add512(d1, x, w1);
                    d2 = Add512(d2, x, w2);
                    d3 = Add512(d3, x, w3);
                }
                var first = s == 0;
                Spill4(sums, a0, a1, a2, a3, first);
                Spill4(sums + 64, b0, b1, b2, b3, first);
                Spill4(sums + 128, c0, c1, c2, c3, first);
                Spill4(sums + 192, d0, d1, d2, d3, first);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spill4(long* to, Vector512<int> s0, Vector512<int> s1, Vector512<int> s2, Vector512<int> s3, bool first)
    {
        Spill(to, s0, first);
        Spill(to + 16, s1, first);
        Spill(to + 32, s2, first);
        Spill(to + 48, s3, first);
    }

    private static void Group512(short* row0, short* row1, short* row2, short* row3, int* offsets, int* ends, int segments, short* weights, int groups, long* sums)
    {
        unchecked
        {
            var (j, stride) = (0, groups * PackedProduct.GroupOutputs);
            for (var s = 0; s < segments; s++)
            {
                Vector512<int> a = default, b = default, c = default, d = default;
                for (; j < ends[s]; j++, weights += 2 * stride)
                {
                    var w = Vector512.Load(weights);
                    a = Add512(a, Pair512(row0, offsets[j]), w);
                    b = Add512(b, Pair512(row1, offsets[j]), w);
                    c = Add512(c, Pair512(row2, offsets[j]), w);
                    d = Add512(d, Pair512(row3, offsets[j]), w);
                }
                Spill(sums, a, s == 0);
                Spill(sums + stride, b, s == 0);
                Spill(sums + 2 * stride, c, s == 0);
                Spill(sums + 3 * stride, d, s == 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add256(Vector256<int> sum, Vector256<short> x, Vector256<short> w) =>
        Avx2.Add(sum, Avx2.MultiplyAddAdjacent(x, w));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spill(long* to, Vector256<int> low, Vector256<int> high, bool first)
    {
        Spill(to, Avx2.ConvertToVector256Int64(low.GetLower()), first);
        Spill(to + 4, Avx2.ConvertToVector256Int64(low.GetUpper()), first);
        Spill(to + 8, Avx2.ConvertToVector256Int64(high.GetLower()), first);
        Spill(to + 12, Avx2.ConvertToVector256Int64(high.GetUpper()), first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spill(long* to, Vector256<long> sum, bool first) =>
        (first ? sum : sum + Vector256.Load(to)).Store(to);

    internal static void Group256(short* row0, short* row1, short* row2, short* row3, int* offsets, int* ends, int segments, short* weights, int groups, long* sums)
    {
        unchecked
        {
            var (j, stride) = (0, groups * PackedProduct.GroupOutputs);
            for (var s = 0; s < segments; s++)
            {
                Vector256<int> a0 = default, a1 = default, b0 = default, b1 = default;
                Vector256<int> c0 = default, c1 = default, d0 = default, d1 = default;
                for (; j < ends[s]; j++, weights += 2 * stride)
                {
                    var (w0, w1) = (Vector256.Load(weights), Vector256.Load(weights + 16));
                    var x = Vector256.Create(*(int*)(row0 + offsets[j])).AsInt16();
                    (a0, a1) = (Add256(a0, x, w0), Add256(a1, x, w1));
                    x = Vector256.Create(*(int*)(row1 + offsets[j])).AsInt16();
                    (b0, b1) = (Add256(b0, x, w0), Add256(b1, x, w1));
                    x = Vector256.Create(*(int*)(row2 + offsets[j])).AsInt16();
                    (c0, c1) = (Add256(c0, x, w0), Add256(c1, x, w1));
                    x = Vector256.Create(*(int*)(row3 + offsets[j])).AsInt16();
                    (d0, d1) = (Add256(d0, x, w0), Add256(d1, x, w1));
                }
                Spill(sums, a0, a1, s == 0);
                Spill(sums + stride, b0, b1, s == 0);
                Spill(sums + 2 * stride, c0, c1, s == 0);
                Spill(sums + 3 * stride, d0, d1, s == 0);
            }
        }
    }

    internal static void Portable(short* row0, short* row1, short* row2, short* row3, int* offsets, int* ends, int segments, short* weights, int groups, long* sums)
    {
        unchecked
        {
            var stride = groups * PackedProduct.GroupOutputs;
            var pairs = ends[segments - 1];
            var rows = stackalloc short*[Rows] { row0, row1, row2, row3 };
            for (var r = 0; r < Rows; r++)
            {
                for (var o = 0; o < PackedProduct.GroupOutputs; o++)
                {
                    long sum = 0;
                    for (var j = 0; j < pairs; j++)
                    {
                        var x = rows[r] + offsets[j];
                        var w = weights + j * 2 * stride + 2 * o;
                        sum += (long)x[0] * w[0] + (long)x[1] * w[1];
                    }
                    sums[r * stride + o] = sum;
                }
            }
        }
    }
}
