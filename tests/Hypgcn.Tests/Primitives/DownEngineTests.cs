using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class DownEngineTests
{
    private static readonly string[] Columns =
        ["rst", "in_valid", "in_ready", "in_hot", "in_data", "out_valid", "out_ready", "out_data", "busy", "waiting"];

    [TestCase(16, 2, 4, 2, 3, 4)]
    [TestCase(8, 1, 1, 1, 2, 1)]
    [TestCase(8, 3, 5, 1, 1, 5)]
    [TestCase(8, 1, 4, 3, 3, 1)]
    [TestCase(8, 2, 3, 2, 2, 2)]
    [TestCase(8, 1, 4, 1, 1, 3)]
    public void Convolve_AnyTraffic_SumsOnTheCycle(int bits, int banks, int columns, int lanes, int passes, int lastColumns)
    {
        var sizes = new RowModel.Sizes(bits, Joints: 1, Frames: 1, Stride: 1, banks, columns, lanes, columns, [passes]);
        foreach (int seed in new[] { 1, 2 })
        {
            var random = new Random(seed);
            IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 250, gates: 2);
            long[][] weights = sizes.RandomWeights(random);
            using VerilogBench bench = new VerilogBench("down_engine")
                .With(("BITS", bits), ("BANKS", banks), ("COLUMNS", columns), ("LANES", lanes))
                .With(("PASSES", passes), ("LAST_COLUMNS", lastColumns), ("ACC_BITS", sizes.AccBits))
                .WithMemory("stimulus.mem", schedule.ToArray())
                .WithMemory("items.mem", RfcBank.RandomItems(random, 331, bits), "ITEMS")
                .WithMemory("w.mem", [.. weights.Select(word => Bits.Lanes(word, bits))]);
            Compare(bench.Run(schedule.Count, Columns), sizes, weights, lastColumns);
        }
    }

    private static void Compare(BenchLog log, RowModel.Sizes sizes, long[][] weights, int lastColumns)
    {
        var checker = new Checker(log);
        var model = new RowModel(sizes, weights);
        var output = new TimedQueue<long[]>();
        int places = (2 * sizes.Columns) + 10;
        (int started, int ended) = (0, 0);
        int Words(int pass) => pass % sizes.Passes[0] == sizes.Passes[0] - 1 ? lastColumns : sizes.Columns;
        bool isReset = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool canStart = model.CanStart(cycle);
            bool isStart = canStart && places >= sizes.Columns;
            bool isValid = output.IsValid(cycle);
            if (isReset)
            {
                checker.Bit(cycle, "in_ready", model.IsReady(cycle));
                checker.Bit(cycle, "busy", model.IsBusy(cycle));
                checker.Bit(cycle, "waiting", !model.IsBusy(cycle) && canStart && !isStart);
                checker.Bit(cycle, "out_valid", isValid);
                if (isValid)
                    checker.Values(cycle, "out_data", Bits.SignedLanes(log.Value(cycle, "out_data"), sizes.Lanes, sizes.AccBits), output.Front);
            }

            if (log.Bit(cycle, "rst"))
            {
                (isReset, places, model) = (true, (2 * sizes.Columns) + 10, new RowModel(sizes, weights));
                output.Clear();
                (started, ended) = (0, 0);
                continue;
            }

            if (!isReset)
                continue;
            bool isLoaded = model.IsReady(cycle) && log.Bit(cycle, "in_valid");
            if (isValid && log.Bit(cycle, "out_ready"))
            {
                output.Pop();
                places++;
                seen++;
            }

            if (model.Outputs.TryGetValue(cycle, out (int Column, long[] Sums) word))
            {
                if (word.Column < Words(ended))
                    output.Add(cycle + 1, word.Sums);
                ended += word.Column == sizes.Columns - 1 ? 1 : 0;
            }

            if (isStart)
            {
                model.Start(cycle);
                places -= Words(started++);
            }

            if (isLoaded)
                model.Load(cycle, RfcBank.Unpack(log.Value(cycle, "in_hot"), log.Value(cycle, "in_data"), sizes.Bits));
        }

        checker.Finish(seen, required: 20 * sizes.Columns);
    }
}
