using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class RfcEncoderTests
{
    private const int Latency = 2;

    [Test]
    public void Encode_AnyChunks_DecodesToTheSameAfterTwoCycles(
        [Values(8, 16)] int bits, [Values(1, 2, 4, 8, 16)] int width, [Values(1, 2)] int seed)
    {
        BigInteger[] stimulus = Stimulus(bits, width, new Random(seed));
        using VerilogBench bench = new VerilogBench("rfc_encoder")
            .With(("BITS", bits), ("WIDTH", width)).WithMemory("stimulus.mem", stimulus);
        Compare(bench.Run(stimulus.Length, "rst", "valid", "last", "values", "bank_valid", "hot", "data"), bits, width);
    }

    private static BigInteger[] Stimulus(int bits, int width, Random random)
    {
        List<BigInteger> words = [];
        int left = 0;
        for (int cycle = 0; cycle < 1200; cycle++)
        {
            bool isReset = cycle is 11 or 12 or 700;
            // Full rate for a third of the time; then with gaps.
            bool isValid = cycle % 600 < 200 || random.Next(3) > 0;
            if (left == 0)
                left = random.Next(3) == 0 ? random.Next(1, (16 / width) + 1) : 16 / width;
            bool isLast = isValid ? left == 1 : random.Next(2) == 0;
            long[] values = [.. Enumerable.Range(0, width).Select(_ => random.Next(3) == 0 ? 0 : Bits.Random(random, bits))];
            words.Add(Bits.Pack(
                (Bits.Lanes(values, bits), width * bits), (isLast ? 1 : 0, 1), (isValid ? 1 : 0, 1), (isReset ? 1 : 0, 1)));
            left = isReset ? 0 : isValid ? left - 1 : left;
        }

        return [.. words];
    }

    private static void Compare(BenchLog log, int bits, int width)
    {
        var checker = new Checker(log);
        List<long> bank = [];
        var expected = new Dictionary<int, long[]>();
        bool isReset = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (isReset)
            {
                checker.Bit(cycle, "bank_valid", expected.ContainsKey(cycle));
                if (expected.TryGetValue(cycle, out long[]? values))
                {
                    checker.Value(cycle, "hot", RfcBank.Hot(values));
                    checker.Values(cycle, "data", RfcBank.Read(log, cycle, "hot", "data", bits), values);
                    seen++;
                }
            }

            if (log.Bit(cycle, "rst"))
            {
                isReset = true;
                bank.Clear();
                expected.Clear();
            }
            else if (isReset && log.Bit(cycle, "valid"))
            {
                bank.AddRange(Bits.SignedLanes(log.Value(cycle, "values"), width, bits));
                if (log.Bit(cycle, "last"))
                {
                    expected[cycle + Latency] = [.. bank, .. new long[RfcBank.Size - bank.Count]];
                    bank.Clear();
                }
            }
        }

        checker.Finish(seen, required: 40);
    }
}
