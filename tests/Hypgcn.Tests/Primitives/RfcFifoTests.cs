using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed partial class RfcFifoTests
{
    private static readonly string[] Columns =
        ["rst", "in_valid", "in_ready", "in_hot", "in_data", "out_valid", "out_ready", "out_hot", "out_data", "dropped"];

    [Test]
    public void Lossless_AnyTraffic_KeepsEveryBank(
        [Values(8, 16)] int bits, [Values(1, 2, 3, 7, 32)] int depth, [Values(1, 2)] int seed) =>
        Check(new Sizes(bits, depth, [depth + 1, depth + 1, depth + 1, depth + 1], FrameBanks: depth, Window: 2), seed);

    // DEPTH <= (WINDOW - 1) * FRAME_BANKS, as the header asks for.
    [TestCase(16, 6, 6, 2, 5, 4, 3, 2)]
    [TestCase(8, 12, 4, 4, 7, 5, 3, 1)]
    [TestCase(8, 6, 3, 3, 6, 6, 1, 1)]
    [TestCase(16, 5, 1, 6, 4, 3, 2, 1)]
    [TestCase(8, 20, 10, 3, 21, 11, 6, 2)]
    public void Small_MiniBanks_DropByTheRule(
        int bits, int depth, int frameBanks, int window, int words0, int words1, int words2, int words3)
    {
        var sizes = new Sizes(bits, depth, [words0, words1, words2, words3], frameBanks, window);
        int dropped = Check(sizes, seed: 1);
        Check(sizes, seed: 2);
        Assert.That(dropped, Is.GreaterThan(50), "words dropped: without any the test shows nothing");
    }

    [Test]
    public void Drops_WhateverTheStalls_AreTheSame()
    {
        var sizes = new Sizes(8, 8, [6, 5, 3, 1], FrameBanks: 4, Window: 3);
        BigInteger[] items = RfcBank.RandomItems(new Random(5), 150, 8);
        string[][] streams = [.. Enumerable.Range(1, 4).Select(seed => Drain(sizes, items, seed))];
        Assert.Multiple(() =>
        {
            Assert.That(streams[0], Has.Length.EqualTo(items.Length + 1));
            Assert.That(streams[1..], Is.All.EqualTo(streams[0]));
        });
    }

    private static string[] Drain(Sizes sizes, BigInteger[] items, int seed)
    {
        var random = new Random(seed);
        List<BigInteger> schedule = [1, 1];
        for (int cycle = 0; cycle < 1600; cycle++)
        {
            // The input is open for all of the items and no more: the bench begins again at the end.
            bool isIn = seed == 1 ? cycle < items.Length : cycle < 1400 && random.Next(seed) == 0;
            schedule.Add((cycle >= 1400 || seed == 1 || random.Next(4) != 0 ? 4 : 0) | (isIn ? 2 : 0));
        }

        using VerilogBench bench = Bench(sizes, items).WithMemory("stimulus.mem", schedule);
        BenchLog log = bench.Run(schedule.Count, Columns);
        IEnumerable<string> banks = Enumerable.Range(2, log.Cycles - 2)
            .Where(cycle => log.Bit(cycle, "out_valid") && log.Bit(cycle, "out_ready"))
            .Select(cycle => string.Join(' ', RfcBank.Read(log, cycle, "out_hot", "out_data", sizes.Bits)))
            .Take(items.Length);
        int last = Enumerable.Range(2, log.Cycles - 2)
            .Where(cycle => log.Bit(cycle, "in_valid") && log.Bit(cycle, "in_ready")).ElementAt(items.Length - 1);
        return [.. banks, log.Text(last + 2, "dropped")];
    }

    private static int Check(Sizes sizes, int seed)
    {
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 150, gates: 2);
        BigInteger[] items = RfcBank.RandomItems(new Random(seed), 499, sizes.Bits);
        using VerilogBench bench = Bench(sizes, items).WithMemory("stimulus.mem", schedule.ToArray());
        return Compare(bench.Run(schedule.Count, Columns), sizes);
    }

    private static VerilogBench Bench(Sizes sizes, BigInteger[] items) => new VerilogBench("rfc_fifo")
        .With(("BITS", sizes.Bits), ("DEPTH", sizes.Depth), ("FRAME_BANKS", sizes.FrameBanks), ("WINDOW", sizes.Window))
        .With(("WORDS0", sizes.Words[0]), ("WORDS1", sizes.Words[1]), ("WORDS2", sizes.Words[2]), ("WORDS3", sizes.Words[3]))
        .WithMemory("items.mem", items, "ITEMS");

    /// <returns>Words dropped since the last reset.</returns>
    private static int Compare(BenchLog log, Sizes sizes)
    {
        var checker = new Checker(log);
        var model = new Model(sizes);
        bool isReset = false;
        int counted = 0;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (isReset)
            {
                checker.Bit(cycle, "in_ready", model.IsReady);
                checker.Value(cycle, "dropped", counted);
                counted = model.Dropped; // the counter is a cycle behind the memories
                checker.Bit(cycle, "out_valid", model.IsValid(cycle));
                if (model.IsValid(cycle))
                {
                    checker.Value(cycle, "out_hot", RfcBank.Hot(model.Front));
                    checker.Values(cycle, "out_data", RfcBank.Read(log, cycle, "out_hot", "out_data", sizes.Bits), model.Front);
                }
            }

            if (log.Bit(cycle, "rst"))
            {
                isReset = true;
                counted = 0;
                model = new Model(sizes);
            }
            else if (isReset)
            {
                long[]? pushed = log.Bit(cycle, "in_valid")
                    ? RfcBank.Unpack(log.Value(cycle, "in_hot"), log.Value(cycle, "in_data"), sizes.Bits)
                    : null;
                seen += model.Step(cycle, log.Bit(cycle, "out_ready"), pushed) ? 1 : 0;
            }
        }

        checker.Finish(seen, required: 300);
        return model.Dropped;
    }

    private sealed record Sizes(int Bits, int Depth, int[] Words, int FrameBanks, int Window);
}
