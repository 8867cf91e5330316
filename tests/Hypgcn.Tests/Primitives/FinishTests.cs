using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class FinishTests
{
    private static IEnumerable<Sizes> Cases()
    {
        foreach (int side in new[] { 0, 1, 2 })
        {
            yield return new Sizes(side, Bits: 16, Lanes: 4, Width: 2, Banks: 2, SumBits: 40, SideBits: 38, MainAlign: 0, SideAlign: 3, Shift: 8);
            yield return new Sizes(side, Bits: 8, Lanes: 1, Width: 1, Banks: 1, SumBits: 20, SideBits: 18, MainAlign: 2, SideAlign: 0, Shift: 4);
            yield return new Sizes(side, Bits: 8, Lanes: 16, Width: 16, Banks: 3, SumBits: 24, SideBits: 20, MainAlign: 0, SideAlign: 5, Shift: 6);
            yield return new Sizes(side, Bits: 16, Lanes: 32, Width: 8, Banks: 2, SumBits: 36, SideBits: 30, MainAlign: 1, SideAlign: 7, Shift: 9);
            yield return new Sizes(side, Bits: 8, Lanes: 8, Width: 4, Banks: 1, SumBits: 22, SideBits: 18, MainAlign: 0, SideAlign: 0, Shift: 0);
        }

        // Words that are no whole number of chunks, rows that are no whole number of words.
        yield return new Sizes(Side: 2, Bits: 8, Lanes: 6, Width: 4, Banks: 2, SumBits: 24, SideBits: 20, MainAlign: 0, SideAlign: 3, Shift: 6) { SideLanes = 5 };
        yield return new Sizes(Side: 2, Bits: 8, Lanes: 3, Width: 2, Banks: 1, SumBits: 24, SideBits: 20, MainAlign: 1, SideAlign: 0, Shift: 6) { SideLanes = 16 };
        yield return new Sizes(Side: 2, Bits: 8, Lanes: 16, Width: 16, Banks: 3, SumBits: 24, SideBits: 20, MainAlign: 0, SideAlign: 5, Shift: 6) { SideLanes = 17 };
        yield return new Sizes(Side: 2, Bits: 8, Lanes: 24, Width: 8, Banks: 2, SumBits: 24, SideBits: 20, MainAlign: 0, SideAlign: 1, Shift: 6) { SideLanes = 9 };
        yield return new Sizes(Side: 1, Bits: 8, Lanes: 7, Width: 4, Banks: 2, SumBits: 24, SideBits: 8, MainAlign: 0, SideAlign: 2, Shift: 6);
        yield return new Sizes(Side: 0, Bits: 8, Lanes: 5, Width: 1, Banks: 1, SumBits: 24, SideBits: 8, MainAlign: 0, SideAlign: 2, Shift: 6);
        yield return new Sizes(Side: 1, Bits: 16, Lanes: 8, Width: 8, Banks: 4, SumBits: 30, SideBits: 16, MainAlign: 4, SideAlign: 9, Shift: 12, HasBias: false);
        yield return new Sizes(Side: 1, Bits: 16, Lanes: 4, Width: 2, Banks: 2, SumBits: 30, SideBits: 16, MainAlign: 0, SideAlign: 3, Shift: 12) { OutBits = 8 };
        yield return new Sizes(Side: 1, Bits: 8, Lanes: 4, Width: 2, Banks: 2, SumBits: 24, SideBits: 8, MainAlign: 0, SideAlign: 3, Shift: 4) { OutBits = 16 };
    }

    [Test]
    public void Finish_AnyTraffic_RoundsAndEncodesAfterSevenCycles([ValueSource(nameof(Cases))] Sizes sizes, [Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 40 + (160 / sizes.Width), gates: 3);
        BigInteger[] main = [.. Enumerable.Range(0, 307).Select(_ => Words(random, sizes.Lanes, sizes.SumBits, sizes.ValueBits - sizes.MainAlign))];
        BigInteger[] side = sizes.Side == 2
            ? [.. Enumerable.Range(0, 211).Select(_ => Words(random, sizes.SideLanes, sizes.SideBits, sizes.ValueBits - sizes.SideAlign))]
            : RfcBank.RandomItems(random, 211, sizes.Bits);
        long[] bias = [.. Enumerable.Range(0, 16 * sizes.Banks).Select(_ => sizes.HasBias ? Bits.Random(random, sizes.ValueBits) : 0)];
        using VerilogBench bench = sizes.Apply(new VerilogBench("finish"))
            .WithMemory("stimulus.mem", schedule.ToArray())
            .WithMemory("main.mem", main, "MAIN_ITEMS").WithMemory("side.mem", side, "SIDE_ITEMS")
            .WithMemory("bias.mem", [.. bias.Chunk(sizes.Width).Select(chunk => Bits.Lanes(chunk, sizes.TotalBits))]);
        BenchLog log = bench.Run(
            schedule.Count, "rst", "main_valid", "main_ready", "main_data", "side_valid", "side_ready", "side_data",
            "out_valid", "out_ready", "out_hot", "out_data", "busy", "waiting");
        Compare(log, sizes, bias);
    }

    // Mostly of the size that is left after the shift, so that not everything saturates.
    private static BigInteger Words(Random random, int lanes, int bits, int valueBits) => Bits.Lanes(
        Enumerable.Range(0, lanes).Select(_ => Bits.Random(random, random.Next(6) == 0 ? bits : Math.Clamp(valueBits, 2, bits))), bits);

    private static void Compare(BenchLog log, Sizes sizes, long[] bias)
    {
        var checker = new Checker(log);
        var model = new Model(sizes, bias);
        bool isReset = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (isReset)
            {
                model.Evaluate(log, cycle);
                checker.Bit(cycle, "main_ready", model.IsMainReady);
                if (sizes.Side != 0)
                    checker.Bit(cycle, "side_ready", model.IsSideReady);
                checker.Bit(cycle, "busy", model.IsFiring);
                checker.Bit(cycle, "waiting", model.IsWaiting);
                checker.Bit(cycle, "out_valid", model.Output.IsValid(cycle));
                if (model.Output.IsValid(cycle))
                {
                    checker.Value(cycle, "out_hot", RfcBank.Hot(model.Output.Front));
                    checker.Values(cycle, "out_data", RfcBank.Read(log, cycle, "out_hot", "out_data", sizes.OutBits), model.Output.Front);
                }
            }

            if (log.Bit(cycle, "rst"))
                (isReset, model) = (true, new Model(sizes, bias));
            else if (isReset)
                seen += model.Step(log, cycle) ? 1 : 0;
        }

        checker.Finish(seen, required: 20);
    }

    internal sealed record Sizes(
        int Side, int Bits, int Lanes, int Width, int Banks, int SumBits, int SideBits, int MainAlign, int SideAlign, int Shift, bool HasBias = true)
    {
        /// <summary>Sums of a word of the shortcut.</summary>
        internal int SideLanes { get; init; } = Lanes;

        /// <summary>Width of a result.</summary>
        internal int OutBits { get; init; } = Bits;

        internal int ValueBits => OutBits + Shift;

        internal int TotalBits =>
            Math.Max(ValueBits + 1, Math.Max(SumBits + MainAlign, (Side == 1 ? Bits : SideBits) + SideAlign)) + 2;

        internal VerilogBench Apply(VerilogBench bench) => bench
            .With(("SIDE", Side), ("SIDE_LANES", SideLanes), ("BITS", Bits), ("OUT_BITS", OutBits), ("LANES", Lanes), ("WIDTH", Width), ("BANKS", Banks), ("SUM_BITS", SumBits))
            .With(("SIDE_BITS", SideBits), ("MAIN_ALIGN", MainAlign), ("SIDE_ALIGN", SideAlign), ("TOTAL_BITS", TotalBits))
            .With(("SHIFT", Shift), ("HAS_BIAS", HasBias ? 1 : 0));
    }

    private sealed class Model(Sizes sizes, long[] bias)
    {
        private const int Latency = 7;
        private const int Places = 8;

        private readonly List<long> _bank = [];
        private readonly List<long> _main = []; // of the row, from words that have left
        private readonly List<long> _sides = [];
        private long[]? _side;
        private int _channel;
        private int _places = Places;

        internal TimedQueue<long[]> Output { get; } = new();

        internal bool IsMainReady { get; private set; }

        internal bool IsSideReady { get; private set; }

        internal bool IsFiring { get; private set; }

        internal bool IsWaiting { get; private set; }

        private bool EndsBank => (_channel + sizes.Width) % RfcBank.Size == 0;

        private bool EndsRow => _channel + sizes.Width == 16 * sizes.Banks;

        /// <summary>A word leaves when the next chunk is not all in what is known of the row.</summary>
        private bool EndsWord(List<long> row, int lanes) => EndsRow || _channel + (2 * sizes.Width) > row.Count + lanes;

        internal void Evaluate(BenchLog log, int cycle)
        {
            bool isMain = log.Bit(cycle, "main_valid");
            bool hasRoom = _channel % RfcBank.Size != 0 || _places > 0;
            bool hasSide = sizes.Side switch { 0 => true, 1 => _side is not null, _ => log.Bit(cycle, "side_valid") };
            IsFiring = isMain && hasSide && hasRoom;
            IsWaiting = isMain && hasSide && !hasRoom;
            IsMainReady = hasSide && hasRoom && EndsWord(_main, sizes.Lanes);
            IsSideReady = sizes.Side == 1 ? _side is null || (IsFiring && EndsBank) : isMain && hasRoom && EndsWord(_sides, sizes.SideLanes);
        }

        /// <returns>Whether a bank left.</returns>
        internal bool Step(BenchLog log, int cycle)
        {
            bool isPopped = Output.IsValid(cycle) && log.Bit(cycle, "out_ready");
            if (isPopped)
            {
                Output.Pop();
                _places++;
            }

            bool isLoaded = IsSideReady && log.Bit(cycle, "side_valid");
            if (IsFiring)
                Fire(log, cycle);
            if (sizes.Side == 1 && isLoaded)
            {
                BigInteger item = log.Value(cycle, "side_data");
                _side = RfcBank.Unpack(item >> (RfcBank.Size * sizes.Bits), item, sizes.Bits);
            }

            return isPopped;
        }

        private void Fire(BenchLog log, int cycle)
        {
            long[] main = [.. _main, .. Bits.SignedLanes(log.Value(cycle, "main_data"), sizes.Lanes, sizes.SumBits)];
            long[] side = sizes.Side == 2 ? [.. _sides, .. Bits.SignedLanes(log.Value(cycle, "side_data"), sizes.SideLanes, sizes.SideBits)] : [];
            _places -= _channel % RfcBank.Size == 0 ? 1 : 0;
            bool endsBank = EndsBank;
            Keep(_main, main, IsMainReady);
            Keep(_sides, side, sizes.Side == 2 && IsSideReady);
            for (int i = 0; i < sizes.Width; i++, _channel++)
            {
                long shortcut = sizes.Side switch
                {
                    0 => 0,
                    1 => _side![_channel % RfcBank.Size],
                    _ => side[_channel],
                };
                long sum = (main[_channel] << sizes.MainAlign) + bias[_channel] + (shortcut << sizes.SideAlign);
                _bank.Add(Math.Clamp(sum >> sizes.Shift, 0, (1L << (sizes.OutBits - 1)) - 1));
            }

            _channel %= 16 * sizes.Banks;
            if (!endsBank)
                return;
            Output.Add(cycle + Latency, [.. _bank]);
            _bank.Clear();
            _side = null;
        }

        // The next row begins with a word.
        private void Keep(List<long> row, long[] known, bool leaves)
        {
            if (!leaves)
                return;
            row.Clear();
            row.AddRange(EndsRow ? [] : known);
        }
    }
}
