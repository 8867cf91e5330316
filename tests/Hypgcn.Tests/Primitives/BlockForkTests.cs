using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class BlockForkTests
{
    [TestCase(3, 4, 2, 1, true)]
    [TestCase(3, 4, 2, 1, false)]
    [TestCase(3, 5, 2, 2, true)]
    [TestCase(1, 4, 2, 2, true)]
    [TestCase(2, 7, 1, 3, true)]
    [TestCase(5, 1, 1, 2, true)]
    public void Fork_AnyReaders_HandsABankToAllAtOnce(int joints, int frames, int banks, int stride, bool hasResidual)
    {
        IReadOnlyList<BigInteger> schedule = Schedule.Create(joints + frames, 150, gates: 4);
        using VerilogBench bench = new VerilogBench("block_fork")
            .With(("JOINTS", joints), ("FRAMES", frames), ("BANKS", banks), ("STRIDE", stride), ("HAS_RESIDUAL", hasResidual ? 1 : 0))
            .WithMemory("stimulus.mem", schedule.ToArray());
        BenchLog log = bench.Run(
            schedule.Count, "rst", "in_valid", "in_ready", "frame_valid", "frame_ready",
            "spatial_valid", "spatial_ready", "residual_valid", "residual_ready");
        var checker = new Checker(log);
        bool isReset = false;
        int position = 0;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            int frame = position / (joints * banks) % frames;
            bool isWanted = hasResidual && frame % stride == 0;
            bool isIn = log.Bit(cycle, "in_valid");
            bool isFrame = log.Bit(cycle, "frame_ready");
            bool isSpatial = log.Bit(cycle, "spatial_ready");
            bool isResidual = log.Bit(cycle, "residual_ready") || !isWanted;
            bool isReady = isFrame && isSpatial && isResidual;
            if (isReset)
            {
                checker.Bit(cycle, "in_ready", isReady);
                checker.Bit(cycle, "frame_valid", isIn && isSpatial && isResidual);
                checker.Bit(cycle, "spatial_valid", isIn && isFrame && isResidual);
                checker.Bit(cycle, "residual_valid", isIn && isFrame && isSpatial && isWanted);
            }

            isReset |= log.Bit(cycle, "rst");
            bool isTaken = isIn && isReady;
            seen += isTaken ? 1 : 0;
            position = log.Bit(cycle, "rst") ? 0 : position + (isTaken ? 1 : 0);
        }

        checker.Finish(seen, required: 300);
    }
}
