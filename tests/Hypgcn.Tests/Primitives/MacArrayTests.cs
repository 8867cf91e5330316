using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class MacArrayTests
{
    private const int Latency = 5;

    [Test]
    public void Accumulate_AnyPasses_DrainsColumnsOnTheCycle(
        [Values(0, 1)] int outer, [Values(1, 2, 5)] int columns, [Values(1, 3)] int lanes, [Values(8, 16)] int bits) =>
        Check(new Sizes(columns, lanes, bits, bits, 2 * bits + 3, outer != 0), seed: columns + lanes);

    [Test]
    public void Accumulate_Packed_DrainsTheSameSumsOnTheSameCycle(
        [Values(0, 1)] int outer, [Values(1, 2, 5)] int columns, [Values(1, 3, 4)] int lanes, [Values(23, 29)] int accBits) =>
        Check(new Sizes(columns, lanes, 8, 8, accBits, outer != 0) { IsPacked = true }, seed: columns + lanes + accBits);

    [Test]
    public void Accumulate_PackedSumsOfTheWidthOfAProduct_DrainsTheSameSums([Values(0, 1)] int outer, [Values(18, 19)] int accBits) =>
        Check(new Sizes(2, 3, 8, 8, accBits, outer != 0) { IsPacked = true, WMagnitude = 1 }, seed: accBits);

    [TestCase(4, 3)]
    [TestCase(2, 1)]
    [TestCase(3, 4)]
    [TestCase(5, 5)]
    public void Accumulate_PackedEvenAndOdd_DrainsTheSameSums(int columns, int lanes) =>
        Check(new Sizes(columns, lanes, 8, 8, 25, true) { IsPacked = true }, seed: 7);

    [Test]
    public void Accumulate_PackedNarrow_DrainsTheSameSumsOnTheSameCycle([Values(0, 1)] int outer, [Values(4, 6, 7)] int bits) =>
        Check(new Sizes(3, 4, bits, bits, 23, outer != 0) { IsPacked = true }, seed: bits);

    [TestCase(9, 4, 32, 16, 56, false)]
    [TestCase(25, 8, 16, 16, 33, true)]
    [TestCase(4, 1, 8, 16, 25, true)]
    public void Accumulate_Large_DrainsColumnsOnTheCycle(int columns, int lanes, int aBits, int wBits, int accBits, bool isOuter)
    {
        Check(new Sizes(columns, lanes, aBits, wBits, accBits, isOuter), seed: 1);
        Check(new Sizes(columns, lanes, aBits, wBits, accBits, isOuter), seed: 2);
    }

    private static void Check(Sizes sizes, int seed)
    {
        BigInteger[] stimulus = Stimulus(sizes, new Random(seed));
        using VerilogBench bench = new VerilogBench("mac_array")
            .With(("COLUMNS", sizes.Columns), ("LANES", sizes.Lanes), ("A_BITS", sizes.ABits), ("W_BITS", sizes.WBits))
            .With(("ACC_BITS", sizes.AccBits), ("OUTER", sizes.IsOuter ? 1 : 0), ("PACKED", sizes.IsPacked ? 1 : 0))
            .WithMemory("stimulus.mem", stimulus);
        BenchLog log = bench.Run(
            stimulus.Length, "rst", "valid", "first", "capture", "a", "w", "sum_valid", "sum_column", "sum");
        Compare(log, sizes);
    }

    private static BigInteger[] Stimulus(Sizes sizes, Random random)
    {
        List<BigInteger> words = [];
        int sinceCapture = sizes.Columns;
        bool isFirst = true;
        for (int cycle = 0; cycle < 700; cycle++)
        {
            bool isReset = cycle is 5 or 6 or 400;
            // The first half captures as often as it may, with values in every cycle.
            bool isDense = cycle < 350;
            bool isValid = isDense || random.Next(3) > 0;
            // The last part is one long sum of extreme products, each lane of one sign.
            bool isLong = cycle > 500;
            bool isCapture = sinceCapture >= sizes.Columns && (isDense || (isLong ? cycle == 690 - sizes.Columns : random.Next(4) == 0));
            words.Add(Bits.Pack(
                (isLong ? Extremes(sizes.ACount, sizes.ABits) : Operands(random, sizes.ACount, sizes.ABits), sizes.ACount * sizes.ABits),
                (Weights(random, sizes, isLong), sizes.WCount * sizes.WBits),
                (isCapture ? 1 : 0, 1), (isFirst ? 1 : 0, 1), (isValid ? 1 : 0, 1), (isReset ? 1 : 0, 1)));
            isFirst = isReset || isCapture || (isFirst && !isValid);
            sinceCapture = isCapture ? 1 : sinceCapture + 1;
        }

        return [.. words];
    }

    private static BigInteger Operands(Random random, int count, int bits) =>
        Bits.Lanes(Enumerable.Range(0, count).Select(_ => Bits.Random(random, bits)), bits);

    private static BigInteger Weights(Random random, Sizes sizes, bool isLong) =>
        sizes.WMagnitude is int limit ? Bits.Lanes(Enumerable.Range(0, sizes.WCount).Select(n => isLong ? limit * (1L - (2 * (n % 2))) : random.NextInt64(-limit, limit + 1)), sizes.WBits)
        : isLong ? Extremes(sizes.WCount, sizes.WBits)
        : Operands(random, sizes.WCount, sizes.WBits);

    /// <summary>The least and the greatest number in turn, the least first: products of both signs.</summary>
    private static BigInteger Extremes(int count, int bits) =>
        Bits.Lanes(Enumerable.Range(0, count).Select(n => (n % 2 == 0 ? -1L : 1L) * (1L << (bits - 1)) - n % 2), bits);

    private static void Compare(BenchLog log, Sizes sizes)
    {
        var checker = new Checker(log);
        var sums = new BigInteger[sizes.Columns, sizes.Lanes];
        var expected = new Dictionary<int, (int Column, BigInteger Sum)>();
        bool isReset = false;
        bool isKnown = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (isReset)
            {
                checker.Bit(cycle, "sum_valid", expected.ContainsKey(cycle));
                if (expected.TryGetValue(cycle, out (int Column, BigInteger Sum) word))
                {
                    checker.Value(cycle, "sum_column", word.Column);
                    if (word.Sum >= 0)
                        checker.Value(cycle, "sum", word.Sum);
                    seen += word.Sum >= 0 ? 1 : 0;
                }
            }

            if (log.Bit(cycle, "rst"))
            {
                (isReset, isKnown) = (true, false);
                expected.Clear();
                continue;
            }

            if (log.Bit(cycle, "valid"))
            {
                isKnown = (isKnown || log.Bit(cycle, "first")) && isReset;
                Multiply(log, cycle, sizes, sums);
            }

            for (int column = 0; log.Bit(cycle, "capture") && isReset && column < sizes.Columns; column++)
                expected[cycle + Latency + column] = (column, isKnown ? Row(sums, column, sizes) : -1);
        }

        checker.Finish(seen, required: 100);
    }

    private static void Multiply(BenchLog log, int cycle, Sizes sizes, BigInteger[,] sums)
    {
        long[] a = Bits.SignedLanes(log.Value(cycle, "a"), sizes.ACount, sizes.ABits);
        long[] w = Bits.SignedLanes(log.Value(cycle, "w"), sizes.WCount, sizes.WBits);
        for (int column = 0; column < sizes.Columns; column++)
        {
            for (int lane = 0; lane < sizes.Lanes; lane++)
            {
                BigInteger product = sizes.IsOuter ? (BigInteger)a[column] * w[lane] : (BigInteger)a[0] * w[(column * sizes.Lanes) + lane];
                sums[column, lane] = product + (log.Bit(cycle, "first") ? 0 : sums[column, lane]);
            }
        }
    }

    private static BigInteger Row(BigInteger[,] sums, int column, Sizes sizes) =>
        Bits.Pack([.. Enumerable.Range(0, sizes.Lanes).Reverse().Select(lane => (sums[column, lane], sizes.AccBits))]);

    private sealed record Sizes(int Columns, int Lanes, int ABits, int WBits, int AccBits, bool IsOuter)
    {
        internal bool IsPacked { get; init; }

        /// <summary>Largest magnitude of a weight; null for all that the width holds.</summary>
        internal int? WMagnitude { get; init; }

        internal int ACount => IsOuter ? Columns : 1;

        internal int WCount => IsOuter ? Lanes : Columns * Lanes;
    }
}
