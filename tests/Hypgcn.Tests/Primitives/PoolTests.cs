using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class PoolTests
{
    [TestCase(16, 2, 4, 5, 32)]
    [TestCase(8, 1, 1, 2, 16)]
    [TestCase(8, 1, 16, 3, 12)]
    [TestCase(16, 4, 8, 1, 20)]
    [TestCase(8, 3, 2, 2, 14)]
    public void Sum_AnyTraffic_AddsUpEveryClip(int bits, int banks, int width, int rows, int sumBits)
    {
        foreach (int seed in new[] { 1, 2 })
        {
            var random = new Random(seed);
            BigInteger[] schedule = [.. Schedule.Create(seed, 60 + (16 / width * banks * rows * 4), gates: 2)
                .Select(word => word | (random.Next(16 * banks) << 3))];
            BigInteger[] items = RfcBank.RandomItems(random, 303, bits);
            using VerilogBench bench = new VerilogBench("pool")
                .With(("BITS", bits), ("BANKS", banks), ("WIDTH", width), ("ROWS", rows), ("SUM_BITS", sumBits))
                .WithMemory("stimulus.mem", schedule).WithMemory("items.mem", items, "ITEMS");
            BenchLog log = bench.Run(
                schedule.Length, "rst", "in_valid", "in_ready", "in_hot", "in_data", "full", "release", "channel", "sum", "busy", "waiting");
            Compare(log, bits, banks, 16 / width, rows, sumBits);
        }
    }

    private static void Compare(BenchLog log, int bits, int banks, int bankCycles, int rows, int sumBits)
    {
        var checker = new Checker(log);
        var clips = new TimedQueue<long[]>();
        long[] sums = new long[16 * banks];
        bool isReset = false;
        int left = 0;
        int taken = 0;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool hasRoom = clips.Count < 2;
            bool isBusy = left > 0 && hasRoom;
            bool isReady = left == 0 || (isBusy && left == 1);
            bool isFull = clips.IsValid(cycle);
            if (isReset)
            {
                checker.Bit(cycle, "in_ready", isReady);
                checker.Bit(cycle, "busy", isBusy);
                checker.Bit(cycle, "waiting", left > 0 && !hasRoom);
                checker.Bit(cycle, "full", isFull);
                if (isFull)
                {
                    checker.Value(cycle, "sum", Bits.Wrap(clips.Front[(int)log.Value(cycle, "channel")], sumBits));
                    seen++;
                }
            }

            if (log.Bit(cycle, "rst"))
            {
                (isReset, left, taken) = (true, 0, 0);
                Array.Clear(sums);
                clips.Clear();
                continue;
            }

            if (isFull && log.Bit(cycle, "release"))
                clips.Pop();
            if (isBusy && --left == 0 && taken == banks * rows)
            {
                clips.Add(cycle + 1, [.. sums]);
                Array.Clear(sums);
                taken = 0;
            }

            if (isReset && isReady && log.Bit(cycle, "in_valid"))
            {
                long[] bank = RfcBank.Unpack(log.Value(cycle, "in_hot"), log.Value(cycle, "in_data"), bits);
                for (int i = 0; i < bank.Length; i++)
                    sums[(taken % banks * 16) + i] += bank[i];
                taken++;
                left = bankCycles;
            }
        }

        checker.Finish(seen, required: 60);
    }
}
