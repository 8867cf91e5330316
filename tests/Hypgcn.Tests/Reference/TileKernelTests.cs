using System.Runtime.Intrinsics.X86;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Reference;

[TestFixture]
public sealed unsafe class TileKernelTests
{
    private static readonly SumRange Signed = AccumulatorBounds.Signed(16);

    [TestCase(16, 1)]
    [TestCase(40, 7)]
    [TestCase(64, 300)]
    public void Multiply_FullScaleFactors_IsExactOnEveryInstructionSet(int outputs, int pairs)
    {
        var random = new Random(outputs);
        // Extremes: a pair of -32768 * -32768 is the one case that a multiply-add of pairs itself overflows.
        short Extreme() => random.Next(4) switch { 0 => short.MinValue, 1 => short.MaxValue, _ => (short)random.Next(-32768, 32768) };
        var weight = Enumerable.Range(0, 2 * pairs * outputs).Select(_ => (int)Extreme()).ToArray();
        var rows = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 2 * pairs).Select(_ => Extreme()).ToArray()).ToArray();
        var offsets = Enumerable.Range(0, 2 * pairs).ToArray();
        var tile = PackedProduct.Build((j, o) => weight[j * outputs + o], offsets, outputs, Signed).Tiles.Single();
        var expected = new long[4 * tile.Outputs];
        for (var n = 0; n < expected.Length; n++)
        {
            var (r, o) = (n / tile.Outputs, n % tile.Outputs);
            expected[n] = o < outputs ? offsets.Sum(j => (long)rows[r][j] * weight[j * outputs + o]) : 0;
        }

        foreach (var kernel in new[] { "best", "avx2", "portable" })
        {
            Assert.That(Run(kernel, tile, rows), Is.EqualTo(expected), kernel);
        }
    }

    [Test]
    public void Build_BoundedWeights_NeedsOneSegment()
    {
        var offsets = Enumerable.Range(0, 128).ToArray();

        var tile = PackedProduct.Build((_, _) => 500, offsets, 16, Signed).Tiles.Single();

        Assert.That(tile.SegmentEnds.Length, Is.EqualTo(1));
    }

    private static long[] Run(string kernel, PackedTile tile, short[][] rows)
    {
        var sums = new long[4 * tile.Outputs];
        fixed (short* a = rows[0], b = rows[1], c = rows[2], d = rows[3])
        fixed (long* to = sums)
        {
            if (kernel == "best" || (kernel == "avx2" && !Avx2.IsSupported))
            {
                TileKernel.Multiply(a, b, c, d, tile.Offsets.Start, tile.SegmentEnds.Start, tile.SegmentEnds.Length, tile.Weights.Start, tile.Groups, to);
            }
            for (var g = 0; g < tile.Groups && kernel != "best"; g++)
            {
                var weights = tile.Weights.Start + 32 * g;
                var at = to + 16 * g;
                if (kernel == "portable")
                {
                    TileKernel.Portable(a, b, c, d, tile.Offsets.Start, tile.SegmentEnds.Start, tile.SegmentEnds.Length, weights, tile.Groups, at);
                }
                else if (Avx2.IsSupported)
                {
                    TileKernel.Group256(a, b, c, d, tile.Offsets.Start, tile.SegmentEnds.Start, tile.SegmentEnds.Length, weights, tile.Groups, at);
                }
            }
        }
        // The addresses of its arrays do not keep them alive.
        GC.KeepAlive(tile);
        return sums;
    }
}
