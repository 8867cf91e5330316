using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class StreamFifoTests
{
    [Test]
    public void Stream_AnyTraffic_KeepsOrderAndTakesOneCycle(
        [Values(1, 8, 33)] int width, [Values(1, 2, 3, 4, 8)] int depth, [Values(1, 2)] int seed)
    {
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 150, gates: 2);
        var random = new Random(seed);
        BigInteger[] items = [.. Enumerable.Range(0, 997).Select(_ => Bits.RandomWord(random, width))];
        using VerilogBench bench = new VerilogBench("stream_fifo").With(("WIDTH", width), ("DEPTH", depth))
            .WithMemory("stimulus.mem", schedule.ToArray()).WithMemory("items.mem", items, "ITEMS");
        BenchLog log = bench.Run(schedule.Count, "rst", "in_valid", "in_ready", "in_data", "out_valid", "out_ready", "out_data");
        var checker = new Checker(log);
        var fifo = new TimedQueue<BigInteger>();
        bool isReset = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool isValid = fifo.IsValid(cycle);
            bool isReady = fifo.Count < depth;
            if (isReset)
            {
                checker.Bit(cycle, "in_ready", isReady);
                checker.Bit(cycle, "out_valid", isValid);
                if (isValid)
                    checker.Value(cycle, "out_data", fifo.Front);
            }

            if (log.Bit(cycle, "rst"))
            {
                isReset = true;
                fifo.Clear();
                continue;
            }

            if (isValid && log.Bit(cycle, "out_ready"))
            {
                fifo.Pop();
                seen++;
            }

            if (isReset && isReady && log.Bit(cycle, "in_valid"))
                fifo.Add(cycle + 1, log.Value(cycle, "in_data"));
        }

        checker.Finish(seen, required: 300);
    }
}
