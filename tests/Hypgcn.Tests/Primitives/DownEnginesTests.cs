using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class DownEnginesTests
{
    private static readonly string[] Columns =
        ["rst", "in_valid", "in_ready", "in_hot", "in_data", "out_valid", "out_ready", "out_data", "busy", "waiting"];

    [TestCase(1, 16, 2, 4, 2, 3, 4)]
    [TestCase(1, 8, 1, 1, 1, 2, 1)]
    [TestCase(1, 8, 3, 5, 1, 1, 5)]
    [TestCase(1, 8, 1, 4, 3, 3, 1)]
    [TestCase(1, 8, 2, 3, 2, 2, 2)]
    [TestCase(1, 8, 1, 4, 1, 1, 3)]
    [TestCase(2, 8, 2, 3, 2, 2, 2)]
    [TestCase(2, 8, 1, 1, 1, 1, 1, Description = "a bank in, a word out")]
    [TestCase(3, 8, 1, 4, 1, 1, 3)]
    [TestCase(4, 16, 2, 4, 2, 3, 4)]
    [TestCase(5, 8, 1, 1, 2, 2, 1)]
    public void Convolve_AnyTraffic_SumsOnTheCycle(int engines, int bits, int banks, int columns, int lanes, int passes, int lastColumns)
    {
        var sizes = new RowModel.Sizes(bits, Joints: 1, Frames: 1, Stride: 1, banks, columns, lanes, columns, [passes]);
        foreach (int seed in new[] { 1, 2 })
        {
            var random = new Random(seed);
            IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 250, gates: 2);
            long[][] weights = sizes.RandomWeights(random);
            using VerilogBench bench = new VerilogBench("down_engines")
                .With(("ENGINES", engines), ("BITS", bits), ("BANKS", banks), ("COLUMNS", columns), ("LANES", lanes))
                .With(("PASSES", passes), ("LAST_COLUMNS", lastColumns), ("ACC_BITS", sizes.AccBits))
                .WithMemory("stimulus.mem", schedule.ToArray())
                .WithMemory("items.mem", RfcBank.RandomItems(random, 331, bits), "ITEMS")
                .WithMemory("w.mem", [.. weights.Select(word => Bits.Lanes(word, bits))]);
            Compare(bench.Run(schedule.Count, Columns), sizes, () => new Engine(sizes, weights, lastColumns, engines > 1), engines);
        }
    }

    private static void Compare(BenchLog log, RowModel.Sizes sizes, Func<Engine> engine, int count)
    {
        var checker = new Checker(log);
        Engine[] engines = [];
        (int banks, int words) = (0, 0);
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (log.Bit(cycle, "rst"))
            {
                engines = [.. Enumerable.Range(0, count).Select(_ => engine())];
                (banks, words) = (0, 0);
                continue;
            }

            if (engines.Length == 0)
                continue;
            Engine source = engines[banks / sizes.Banks % count];
            Engine sink = engines[words / engines[0].RowWords % count];
            bool isReady = source.Rows.IsReady(cycle);
            bool isValid = sink.Output.IsValid(cycle);
            checker.Bit(cycle, "in_ready", isReady);
            checker.Value(cycle, "busy", Mask(engines, one => one.Rows.IsBusy(cycle)));
            checker.Value(cycle, "waiting", Mask(engines, one => !one.Rows.IsBusy(cycle) && one.Rows.CanStart(cycle) && !one.CanStart(cycle)));
            checker.Bit(cycle, "out_valid", isValid);
            if (isValid)
                checker.Values(cycle, "out_data", Bits.SignedLanes(log.Value(cycle, "out_data"), sizes.Lanes, sizes.AccBits), sink.Output.Front);

            Array.ForEach(engines, one => one.Step(cycle));
            if (isValid && log.Bit(cycle, "out_ready"))
            {
                sink.Pop();
                words++;
                seen++;
            }

            if (isReady && log.Bit(cycle, "in_valid"))
            {
                source.Rows.Load(cycle, RfcBank.Unpack(log.Value(cycle, "in_hot"), log.Value(cycle, "in_data"), sizes.Bits));
                banks++;
            }
        }

        checker.Finish(seen, required: 20 * sizes.Columns);
    }

    private static int Mask(Engine[] engines, Func<Engine, bool> isSet) => engines.Select((engine, n) => isSet(engine) ? 1 << n : 0).Sum();

    // A row engine, and the places behind it.
    private sealed class Engine(RowModel.Sizes sizes, long[][] weights, int lastColumns, bool isOneOfSeveral)
    {
        private int _places = (isOneOfSeveral ? ((sizes.Passes[0] - 1) * sizes.Columns) + lastColumns : sizes.Columns) + sizes.Columns + 10;
        private int _started;
        private int _ended;

        internal RowModel Rows { get; } = new(sizes, weights);

        internal TimedQueue<long[]> Output { get; } = new();

        internal int RowWords => ((sizes.Passes[0] - 1) * sizes.Columns) + lastColumns;

        internal bool CanStart(int cycle) => Rows.CanStart(cycle) && _places >= sizes.Columns;

        internal void Pop()
        {
            Output.Pop();
            _places++;
        }

        internal void Step(int cycle)
        {
            bool isStart = CanStart(cycle);
            if (Rows.Outputs.TryGetValue(cycle, out (int Column, long[] Sums) word))
            {
                if (word.Column < Words(_ended))
                    Output.Add(cycle + 1, word.Sums);
                _ended += word.Column == sizes.Columns - 1 ? 1 : 0;
            }

            if (isStart)
            {
                Rows.Start(cycle);
                _places -= Words(_started++);
            }
        }

        private int Words(int pass) => pass % sizes.Passes[0] == sizes.Passes[0] - 1 ? lastColumns : sizes.Columns;
    }
}
