using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class DataNormTests
{
    private const int Latency = 8;
    private const int Places = 8;

    [TestCase(16, 16, 1, 4, 3, 3, 40, 8)]
    [TestCase(8, 8, 2, 3, 2, 3, 24, 6)]
    [TestCase(16, 16, 2, 2, 1, 16, 36, 10)]
    [TestCase(8, 8, 1, 1, 2, 17, 20, 0)]
    [TestCase(8, 8, 3, 1, 3, 1, 20, 4)]
    [TestCase(16, 8, 1, 4, 3, 3, 40, 12)]
    [TestCase(8, 16, 1, 4, 3, 3, 26, 4)]
    public void Normalize_AnyTraffic_ScalesAndEncodesAfterEightCycles(
        int bits, int outBits, int persons, int frames, int joints, int channels, int sumBits, int shift)
    {
        foreach (int seed in new[] { 1, 2 })
        {
            var random = new Random(seed);
            IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 200, gates: 2);
            BigInteger[] items = [.. Enumerable.Range(0, 409).Select(_ => Bits.Wrap(Bits.Random(random, bits), bits))];
            (long Scale, long Offset)[] coefficients =
                [.. Enumerable.Range(0, persons * joints * channels).Select(_ => (Bits.Random(random, bits), Bits.Random(random, outBits + shift - 1)))];
            using VerilogBench bench = new VerilogBench("data_norm")
                .With(("BITS", bits), ("OUT_BITS", outBits), ("PERSONS", persons), ("FRAMES", frames), ("JOINTS", joints), ("CHANNELS", channels))
                .With(("SUM_BITS", sumBits), ("SHIFT", shift))
                .WithMemory("stimulus.mem", schedule.ToArray()).WithMemory("items.mem", items, "ITEMS")
                .WithMemory("norm.mem", [.. coefficients.Select(pair => Bits.Pack((pair.Offset, sumBits), (pair.Scale, bits)))]);
            BenchLog log = bench.Run(
                schedule.Count, "rst", "in_valid", "in_ready", "in_data", "out_valid", "out_ready", "out_hot", "out_data", "busy", "waiting");
            Compare(log, bits, outBits, channels, shift, index => coefficients[Address(index, persons, frames, joints * channels)]);
        }
    }

    // The order of the values is person, frame, joint, channel; all frames share the coefficients.
    private static int Address(int index, int persons, int frames, int rowValues) =>
        (index / (rowValues * frames) % persons * rowValues) + (index % rowValues);

    private static void Compare(BenchLog log, int bits, int outBits, int channels, int shift, Func<int, (long Scale, long Offset)> coefficient)
    {
        var checker = new Checker(log);
        var output = new TimedQueue<long[]>();
        List<long> bank = [];
        bool isReset = false;
        int index = 0;
        int places = Places;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool isValid = output.IsValid(cycle);
            bool isReady = bank.Count > 0 || places > 0;
            bool isTaken = isReady && log.Bit(cycle, "in_valid");
            if (isReset)
            {
                checker.Bit(cycle, "in_ready", isReady);
                checker.Bit(cycle, "busy", isTaken);
                checker.Bit(cycle, "waiting", !isReady);
                checker.Bit(cycle, "out_valid", isValid);
                if (isValid)
                {
                    checker.Value(cycle, "out_hot", RfcBank.Hot(output.Front));
                    checker.Values(cycle, "out_data", RfcBank.Read(log, cycle, "out_hot", "out_data", outBits), output.Front);
                }
            }

            if (log.Bit(cycle, "rst"))
            {
                (isReset, index, places) = (true, 0, Places);
                output.Clear();
                bank.Clear();
                continue;
            }

            if (isValid && log.Bit(cycle, "out_ready"))
            {
                output.Pop();
                places++;
                seen++;
            }

            if (isTaken && isReset)
            {
                places -= bank.Count == 0 ? 1 : 0;
                (long scale, long offset) = coefficient(index++);
                long sum = (Bits.SignedLane(log.Value(cycle, "in_data"), 0, bits) * scale) + offset;
                bank.Add(Math.Clamp(sum >> shift, -(1L << (outBits - 1)), (1L << (outBits - 1)) - 1));
                if (index % channels == 0 || bank.Count == RfcBank.Size)
                {
                    output.Add(cycle + Latency, [.. bank, .. new long[RfcBank.Size - bank.Count]]);
                    bank.Clear();
                }
            }
        }

        checker.Finish(seen, required: 40);
    }
}
