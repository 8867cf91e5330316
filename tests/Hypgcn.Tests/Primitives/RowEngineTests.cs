using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class RowEngineTests
{
    private static IEnumerable<RowModel.Sizes> Cases()
    {
        yield return new(Bits: 16, Joints: 3, Frames: 4, Stride: 1, Banks: 2, Columns: 4, Lanes: 2, MinCycles: 4, [3]);
        yield return new(Bits: 8, Joints: 1, Frames: 3, Stride: 1, Banks: 1, Columns: 1, Lanes: 1, MinCycles: 1, [1]);
        yield return new(Bits: 8, Joints: 2, Frames: 5, Stride: 2, Banks: 2, Columns: 3, Lanes: 2, MinCycles: 4, [2, 3]);
        yield return new(Bits: 8, Joints: 2, Frames: 3, Stride: 1, Banks: 3, Columns: 9, Lanes: 1, MinCycles: 10, [2]);
        yield return new(Bits: 16, Joints: 2, Frames: 4, Stride: 2, Banks: 3, Columns: 2, Lanes: 5, MinCycles: 7, [1, 4]);
        yield return new(Bits: 8, Joints: 1, Frames: 1, Stride: 3, Banks: 1, Columns: 2, Lanes: 1, MinCycles: 20, [2, 1, 1]);
    }

    [Test]
    public void Multiply_AnyTraffic_SkipsZerosOnTheCycle([ValueSource(nameof(Cases))] RowModel.Sizes sizes, [Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 250, gates: 2);
        long[][] weights = sizes.RandomWeights(random);
        using VerilogBench bench = new VerilogBench("row_engine")
            .With(("BITS", sizes.Bits), ("JOINTS", sizes.Joints), ("FRAMES", sizes.Frames), ("STRIDE", sizes.Stride))
            .With(("BANKS", sizes.Banks), ("COLUMNS", sizes.Columns), ("LANES", sizes.Lanes), ("MIN_CYCLES", sizes.MinCycles), ("ACC_BITS", sizes.AccBits))
            .WithVector("PASSES", 128, ByPhase(sizes.Passes))
            .WithVector("WEIGHT_BASE", 128, ByPhase(sizes.Base))
            .WithMemory("stimulus.mem", schedule.ToArray())
            .WithMemory("items.mem", RfcBank.RandomItems(random, 331, sizes.Bits), "ITEMS")
            .WithMemory("w.mem", [.. weights.Select(word => Bits.Lanes(word, sizes.Bits))], "WEIGHT_DEPTH");
        BenchLog log = bench.Run(
            schedule.Count, "rst", "in_valid", "in_ready", "in_hot", "in_data",
            "go", "pass_start", "next_row", "row_start", "busy", "waiting", "sum_valid", "sum_column", "sum");
        Compare(log, sizes, weights);
    }

    private static BigInteger ByPhase(int[] values) => Bits.Lanes(values.Select(value => (long)value), 32);

    private static void Compare(BenchLog log, RowModel.Sizes sizes, long[][] weights)
    {
        var checker = new Checker(log);
        var model = new RowModel(sizes, weights);
        bool isReset = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool canStart = model.CanStart(cycle);
            bool isStart = canStart && log.Bit(cycle, "go");
            if (isReset)
            {
                CheckPorts(checker, cycle, model, canStart, isStart);
                if (model.Outputs.TryGetValue(cycle, out (int Column, long[] Sums) word))
                {
                    checker.Value(cycle, "sum_column", word.Column);
                    checker.Values(cycle, "sum", Bits.SignedLanes(log.Value(cycle, "sum"), sizes.Lanes, sizes.AccBits), word.Sums);
                    seen++;
                }
            }

            if (log.Bit(cycle, "rst"))
                (isReset, model) = (true, new RowModel(sizes, weights));
            else if (isReset)
                Step(log, cycle, model, isStart, sizes.Bits);
        }

        checker.Finish(seen, required: 25 * sizes.Columns);
    }

    private static void CheckPorts(Checker checker, int cycle, RowModel model, bool canStart, bool isStart)
    {
        checker.Bit(cycle, "in_ready", model.IsReady(cycle));
        checker.Bit(cycle, "pass_start", isStart);
        if (canStart)
            checker.Bit(cycle, "next_row", model.StartsRow);
        checker.Bit(cycle, "row_start", isStart && model.StartsRow);
        checker.Bit(cycle, "busy", model.IsBusy(cycle));
        checker.Bit(cycle, "waiting", !model.IsBusy(cycle) && canStart && !isStart);
        checker.Bit(cycle, "sum_valid", model.Outputs.ContainsKey(cycle));
    }

    private static void Step(BenchLog log, int cycle, RowModel model, bool isStart, int bits)
    {
        bool isLoaded = model.IsReady(cycle) && log.Bit(cycle, "in_valid");
        if (isStart)
            model.Start(cycle);
        if (isLoaded)
            model.Load(cycle, RfcBank.Unpack(log.Value(cycle, "in_hot"), log.Value(cycle, "in_data"), bits));
    }
}
