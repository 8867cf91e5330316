using System.Numerics;

namespace Hypgcn.Tests.Primitives;

/// <summary>mac_array and outer_array, which give the same sums on the same cycles.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class MacArrayTests
{
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

    [Test]
    public void Accumulate_Fabric_DrainsTheSameSumsACycleLater([Values(1, 2, 5)] int columns, [Values(1, 3)] int lanes, [Values(4, 5, 8, 12, 13, 16)] int bits) =>
        Check(new Sizes(columns, lanes, bits, bits, (2 * bits) + 5, false) { IsFabric = true }, seed: columns + lanes + bits);

    [Test]
    public void Accumulate_FabricSumsOfTheWidthOfAProduct_Wrap([Values(1, 2, 5)] int columns, [Values(1, 3)] int lanes, [Values(4, 8, 16)] int bits) =>
        Check(new Sizes(columns, lanes, bits, bits, 2 * bits, false) { IsFabric = true }, seed: columns + lanes + bits);

    [TestCase(9, 4, 32, 16, 56, false)]
    [TestCase(25, 8, 16, 16, 33, true)]
    [TestCase(4, 1, 12, 12, 25, true)]
    public void Accumulate_Large_DrainsColumnsOnTheCycle(int columns, int lanes, int aBits, int wBits, int accBits, bool isOuter)
    {
        Check(new Sizes(columns, lanes, aBits, wBits, accBits, isOuter), seed: 1);
        Check(new Sizes(columns, lanes, aBits, wBits, accBits, isOuter), seed: 2);
    }

    private static void Check(Sizes sizes, int seed)
    {
        BigInteger[] stimulus = Stimulus(sizes, new Random(seed));
        using VerilogBench bench = (sizes.IsOuter
                ? new VerilogBench("outer_array").With(("BITS", sizes.ABits))
                : new VerilogBench("mac_array").With(("A_BITS", sizes.ABits), ("W_BITS", sizes.WBits)))
            .With(("COLUMNS", sizes.Columns), ("LANES", sizes.Lanes), ("ACC_BITS", sizes.AccBits), ("PACKED", sizes.IsPacked ? 1 : 0))
            .With(sizes.IsFabric ? [("FABRIC", 1)] : [])
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
                (Bits.Lanes(Packed(sizes, Weights(random, sizes, isLong)), sizes.WBits), sizes.WCount * sizes.WBits),
                (isCapture ? 1 : 0, 1), (isFirst ? 1 : 0, 1), (isValid ? 1 : 0, 1), (isReset ? 1 : 0, 1)));
            isFirst = isReset || isCapture || (isFirst && !isValid);
            sinceCapture = isCapture ? 1 : sinceCapture + 1;
        }

        return [.. words];
    }

    private static BigInteger Operands(Random random, int count, int bits) =>
        Bits.Lanes(Enumerable.Range(0, count).Select(_ => Bits.Random(random, bits)), bits);

    private static long[] Weights(Random random, Sizes sizes, bool isLong) =>
        [.. Enumerable.Range(0, sizes.WCount).Select(n => sizes.WMagnitude is int limit
            ? (isLong ? limit * (1L - (2 * (n % 2))) : random.NextInt64(-limit, limit + 1))
            : Math.Max(sizes.LeastWeight, isLong ? Extreme(n, sizes.WBits) : Bits.Random(random, sizes.WBits)))];

    /// <summary>What the memory holds: of a pair the second less one where the first is negative.</summary>
    private static long[] Packed(Sizes sizes, long[] weights)
    {
        foreach ((int low, int high) in sizes.WeightPairs())
            weights[high] -= weights[low] < 0 ? 1 : 0;
        return weights;
    }

    private static long[] Unpacked(Sizes sizes, long[] weights)
    {
        foreach ((int low, int high) in sizes.WeightPairs())
            weights[high] += weights[low] < 0 ? 1 : 0;
        return weights;
    }

    /// <summary>The least and the greatest number in turn, the least first: products of both signs.</summary>
    private static BigInteger Extremes(int count, int bits) => Bits.Lanes(Enumerable.Range(0, count).Select(n => Extreme(n, bits)), bits);

    private static long Extreme(int n, int bits) => ((n % 2 == 0 ? -1L : 1L) * (1L << (bits - 1))) - (n % 2);

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
                expected[cycle + sizes.Latency + column] = (column, isKnown ? Row(sums, column, sizes) : -1);
        }

        checker.Finish(seen, required: 100);
    }

    private static void Multiply(BenchLog log, int cycle, Sizes sizes, BigInteger[,] sums)
    {
        long[] a = Bits.SignedLanes(log.Value(cycle, "a"), sizes.ACount, sizes.ABits);
        long[] w = Unpacked(sizes, Bits.SignedLanes(log.Value(cycle, "w"), sizes.WCount, sizes.WBits));
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

        internal bool IsFabric { get; init; }

        internal int Latency => IsFabric ? 6 : 5;

        /// <summary>Largest magnitude of a weight; null for all that the width holds.</summary>
        internal int? WMagnitude { get; init; }

        /// <summary>Weights of packed products are symmetric.</summary>
        internal long LeastWeight => (IsPacked ? 1 : 0) - (1L << (WBits - 1));

        internal int ACount => IsOuter ? Columns : 1;

        internal int WCount => IsOuter ? Lanes : Columns * Lanes;

        /// <summary>Weights that share a multiplier.</summary>
        internal IEnumerable<(int Low, int High)> WeightPairs()
        {
            int columns = IsOuter ? 1 : Columns;
            for (int column = 0; IsPacked && column < columns; column++)
            {
                for (int lane = 0; lane + 1 < Lanes; lane += 2)
                    yield return ((column * Lanes) + lane, (column * Lanes) + lane + 1);
                if (Lanes % 2 != 0 && column % 2 == 0 && column + 1 < columns)
                    yield return (((column + 1) * Lanes) - 1, ((column + 2) * Lanes) - 1);
            }
        }
    }
}
