using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class SaturateTests
{
    [TestCase(9, 8, 0)]
    [TestCase(12, 8, 0)]
    [TestCase(12, 8, 3)]
    [TestCase(12, 4, 5)]
    [TestCase(5, 2, 2)]
    [TestCase(11, 2, 1)]
    public void Narrow_EverySum_ShiftsAndSaturates(int inBits, int outBits, int shift)
    {
        BigInteger[] sums = [.. Enumerable.Range(0, 1 << inBits).Select(value => (BigInteger)value)];
        Check(sums, lanes: 1, inBits, outBits, shift, hasRelu: false);
        Check(sums, lanes: 1, inBits, outBits, shift, hasRelu: true);
    }

    [Test]
    public void Wide_RandomSums_ShiftsAndSaturates(
        [Values(1, 3, 16)] int lanes, [Values(0, 8, 15)] int shift, [Values(8, 16)] int outBits, [Values] bool hasRelu)
    {
        const int InBits = 44;
        var random = new Random(lanes + shift);
        BigInteger[] sums = [.. Enumerable.Range(0, 400).Select(_ => Bits.Lanes(
            Enumerable.Range(0, lanes).Select(_ => Bits.Random(random, random.Next(shift + outBits - 1, InBits + 1))), InBits))];
        Check(sums, lanes, InBits, outBits, shift, hasRelu);
    }

    private static void Check(BigInteger[] sums, int lanes, int inBits, int outBits, int shift, bool hasRelu)
    {
        using VerilogBench bench = new VerilogBench("saturate")
            .With(("LANES", lanes), ("IN_BITS", inBits), ("OUT_BITS", outBits), ("SHIFT", shift), ("RELU", hasRelu ? 1 : 0))
            .WithMemory("stimulus.mem", sums);
        BenchLog log = bench.Run(sums.Length, "sums", "values");
        var checker = new Checker(log);
        for (int cycle = 0; cycle < sums.Length; cycle++)
        {
            checker.Value(cycle, "values", Bits.Lanes(
                Bits.SignedLanes(sums[cycle], lanes, inBits).Select(sum => Saturated(sum >> shift, outBits, hasRelu)), outBits));
        }

        checker.Finish(log.Cycles, sums.Length);
    }

    private static long Saturated(long value, int bits, bool hasRelu) =>
        Math.Clamp(value, hasRelu ? 0 : -(1L << (bits - 1)), (1L << (bits - 1)) - 1);
}
