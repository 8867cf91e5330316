using System.Runtime.CompilerServices;
using Hypgcn.Quantization;

namespace Hypgcn.Hardware;

/// <summary>
/// The columns of a graph engine's coefficients (<see cref="MemoryImage.Columns"/>) without its words. Each pass has a coefficient of every joint,
/// so a column is made of runs that are the same wherever a word stands: tuning looks at thousands of arrangements of them.
/// </summary>
internal static class GraphColumns
{
    private static readonly ConditionalWeakTable<QuantizedBlock, Runs> Known = [];

    // Of subset k and joint v: bit b of the coefficients of all joints, and of one less than these.
    private sealed record Runs(ulong[] Values, ulong[] Less);

    /// <summary>As <see cref="MemoryImage.Columns"/> gives them.</summary>
    public static ulong[] Of(BlockDesign block)
    {
        var (joints, bits, lanes, words) = (block.Joints, block.Bits, block.Parameters.GraphLanes, block.Parameters.GraphWords);
        var (values, less) = Known.GetValue(block.Integers, integers => Measure(integers, block.Model.Subsets, joints, bits));
        var places = ((block.GraphPasses * joints) + 63) / 64;
        var columns = new ulong[words * lanes * bits * places];
        var runs = new int[words * lanes]; // of each product, -1 where a word has none
        for (var pass = 0; pass < block.GraphPasses; pass++)
        {
            for (var word = 0; word < words; word++)
            {
                var (subset, joint, count) = (pass * words) + word < block.GraphTotalWords ? block.GraphWord((pass * words) + word) : default;
                for (var lane = 0; lane < lanes; lane++)
                {
                    runs[(word * lanes) + lane] = lane < count ? ((subset * joints) + joint + lane) * bits : -1;
                }
            }
            for (var product = 0; product < runs.Length; product++)
            {
                var run = runs[product];
                if (run < 0)
                {
                    continue;
                }
                // Of a pair the high one is one less where the low one is negative.
                var low = block.IsGraphPacked ? PackedWeights.LowOf(product, lanes) : null;
                var borrow = low is int other && runs[other] >= 0 ? values[runs[other] + bits - 1] : 0;
                for (var bit = 0; bit < bits; bit++)
                {
                    Put(columns.AsSpan(((product * bits) + bit) * places, places), pass * joints, (values[run + bit] & ~borrow) | (less[run + bit] & borrow));
                }
            }
        }
        return columns;
    }

    private static void Put(Span<ulong> column, int at, ulong run)
    {
        column[at / 64] |= run << (at % 64);
        if (at % 64 != 0 && run >> (64 - (at % 64)) is > 0 and var rest)
        {
            column[(at / 64) + 1] |= rest;
        }
    }

    private static Runs Measure(QuantizedBlock integers, int subsets, int joints, int bits)
    {
        var (values, less) = (new ulong[subsets * joints * bits], new ulong[subsets * joints * bits]);
        for (var k = 0; k < subsets; k++)
        {
            for (var p = 0; p < joints; p++)
            {
                for (var v = 0; v < joints; v++)
                {
                    var value = integers.Graph[(((k * joints) + p) * joints) + v];
                    for (var bit = 0; bit < bits; bit++)
                    {
                        values[(((k * joints) + v) * bits) + bit] |= (ulong)((value >> bit) & 1) << p;
                        less[(((k * joints) + v) * bits) + bit] |= (ulong)(((value - 1) >> bit) & 1) << p;
                    }
                }
            }
        }
        return new Runs(values, less);
    }
}
