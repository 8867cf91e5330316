using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class StageCounterTests
{
    [Test]
    public void Count_AnyCycles_CountsUnlessHeld([Values(1, 2)] int seed)
    {
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 100, gates: 3);
        using VerilogBench bench = new VerilogBench("stage_counter").WithMemory("stimulus.mem", schedule.ToArray());
        BenchLog log = bench.Run(schedule.Count, "rst", "hold", "busy", "blocked", "busy_count", "blocked_count");
        var checker = new Checker(log);
        bool isReset = false;
        int busy = 0;
        int blocked = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (isReset)
            {
                checker.Value(cycle, "busy_count", busy);
                checker.Value(cycle, "blocked_count", blocked);
            }

            bool isCounting = !log.Bit(cycle, "hold");
            busy += isCounting && log.Bit(cycle, "busy") ? 1 : 0;
            blocked += isCounting && log.Bit(cycle, "blocked") ? 1 : 0;
            if (log.Bit(cycle, "rst"))
                (isReset, busy, blocked) = (true, 0, 0);
        }

        checker.Finish(busy + blocked, required: 60);
    }
}
