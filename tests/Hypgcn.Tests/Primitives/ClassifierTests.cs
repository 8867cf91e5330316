using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class ClassifierTests
{
    private const int Latency = 8;

    // Lanes that divide the classes and that do not, one lane, one pass, more lanes than channels.
    [TestCase(16, 6, 2)]
    [TestCase(16, 7, 3)]
    [TestCase(8, 5, 1)]
    [TestCase(16, 4, 4)]
    [TestCase(4, 11, 8)]
    [TestCase(32, 1, 1)]
    public void Classify_AnyTraffic_GivesLogitsOnTheCycle(int channels, int classes, int lanes)
    {
        foreach (int seed in new[] { 1, 2 })
            Check(new Sizes(channels, classes, lanes), seed);
    }

    private static void Check(Sizes sizes, int seed)
    {
        var random = new Random(seed);
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 60 + (3 * sizes.Passes * sizes.Cycles), gates: 2);
        long[][] sums = [.. Enumerable.Range(0, 29).Select(_ => Values(random, sizes.Channels, Sizes.SumBits))];
        long[][] weights = [.. Enumerable.Range(0, sizes.Passes * sizes.Channels).Select(_ => Values(random, sizes.Lanes, Sizes.WeightBits))];
        long[] bias = Values(random, sizes.Classes, 40);
        using VerilogBench bench = new VerilogBench("classifier")
            .With(("SUM_BITS", Sizes.SumBits), ("W_BITS", Sizes.WeightBits), ("ACC_BITS", Sizes.AccBits))
            .With(("CHANNELS", sizes.Channels), ("CHANNEL_BITS", BitOperations.Log2((uint)sizes.Channels)))
            .With(("CLASSES", sizes.Classes), ("LANES", sizes.Lanes))
            .WithMemory("stimulus.mem", schedule.ToArray())
            .WithMemory("sums.mem", [.. sums.SelectMany(clip => clip).Select(sum => Bits.Wrap(sum, Sizes.SumBits))], "SUMS")
            .WithMemory("w.mem", [.. weights.Select(word => Bits.Lanes(word, Sizes.WeightBits))])
            .WithMemory("bias.mem", [.. bias.Select(value => Bits.Wrap(value, Sizes.AccBits))]);
        BenchLog log = bench.Run(
            schedule.Count, "rst", "full", "release", "channel", "clip", "out_valid", "out_ready", "out_data", "out_last", "busy", "waiting");
        Compare(log, sizes, (clip, number) => bias[number] + Enumerable.Range(0, sizes.Channels)
            .Sum(channel => sums[clip % sums.Length][channel] * weights[(number / sizes.Lanes * sizes.Channels) + channel][number % sizes.Lanes]));
    }

    private static long[] Values(Random random, int count, int bits) =>
        [.. Enumerable.Range(0, count).Select(_ => Bits.Random(random, bits))];

    private static void Compare(BenchLog log, Sizes sizes, Func<int, int, long> logit)
    {
        var checker = new Checker(log);
        var output = new TimedQueue<(long Logit, bool IsLast)>();
        List<int> returns = [];
        bool isReset = false;
        int start = int.MinValue / 2;
        int pass = 0;
        int places = 2 * sizes.Lanes;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool isBusy = cycle > start && cycle <= start + sizes.Cycles;
            bool isPassEnd = cycle == start + sizes.Cycles;
            bool isClipEnd = isPassEnd && pass == sizes.Passes - 1;
            bool hasRoom = places >= sizes.Lanes;
            bool isFull = log.Bit(cycle, "full");
            bool isValid = output.IsValid(cycle);
            if (isReset)
            {
                checker.Bit(cycle, "busy", isBusy);
                checker.Bit(cycle, "release", isClipEnd);
                checker.Bit(cycle, "waiting", !isBusy && isFull && !hasRoom);
                checker.Bit(cycle, "out_valid", isValid);
                if (isBusy && cycle <= start + sizes.Channels)
                    checker.Value(cycle, "channel", cycle - start - 1);
                if (isValid)
                {
                    checker.Value(cycle, "out_data", Bits.Wrap(output.Front.Logit, Sizes.AccBits));
                    checker.Bit(cycle, "out_last", output.Front.IsLast);
                }
            }

            if (log.Bit(cycle, "rst"))
            {
                (isReset, start, pass, places) = (true, int.MinValue / 2, 0, 2 * sizes.Lanes);
                output.Clear();
                returns.Clear();
                continue;
            }

            places += returns.RemoveAll(item => item == cycle);
            if (isValid && log.Bit(cycle, "out_ready"))
            {
                output.Pop();
                places++;
                seen++;
            }

            for (int lane = 0; isPassEnd && lane < sizes.Lanes; lane++)
            {
                int number = (pass * sizes.Lanes) + lane;
                if (number < sizes.Classes)
                    output.Add(cycle + Latency + lane, (logit((int)log.Value(cycle, "clip"), number), number == sizes.Classes - 1));
                else
                    returns.Add(cycle + Latency - 2 + lane);
            }

            if (isPassEnd)
                pass = isClipEnd ? 0 : pass + 1;
            if (isReset && isFull && hasRoom && (!isBusy || (isPassEnd && !isClipEnd)))
            {
                start = cycle;
                places -= sizes.Lanes;
            }
        }

        checker.Finish(seen, required: 3 * sizes.Classes);
    }

    private sealed record Sizes(int Channels, int Classes, int Lanes)
    {
        internal const int SumBits = 32;
        internal const int WeightBits = 16;
        internal const int AccBits = 56;

        internal int Passes => (Classes + Lanes - 1) / Lanes;

        internal int Cycles => Math.Max(Channels, Lanes);
    }
}
