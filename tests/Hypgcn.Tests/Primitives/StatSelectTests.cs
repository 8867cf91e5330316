using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class StatSelectTests
{
    [Test]
    public void Select_AnyIndex_GivesTheWordOrZero([Values(1, 2, 3, 17, 209)] int words, [Values(0, 1, 180)] int first)
    {
        Random random = new Random(words + first);
        long[] counters = [.. Enumerable.Range(0, words).Select(_ => random.NextInt64(1, 1L << 32))];
        // All that are there, those around them, and the ends of the range.
        int[] indices = [.. Enumerable.Range(Math.Max(0, first - 3), words + 6), 0, 0x7fff, 0x8000, first + 0x8000, 0xfffe, 0xffff, first];
        using VerilogBench bench = new VerilogBench("stat_select").With(("FIRST", first))
            .WithMemory("stimulus.mem", [.. indices.Select(index => (BigInteger)index)])
            .WithMemory("words.mem", [.. counters.Select(counter => (BigInteger)counter)], "WORDS");
        BenchLog log = bench.Run(indices.Length, "select", "data");
        var checker = new Checker(log);
        for (int cycle = 1; cycle < log.Cycles; cycle++)
        {
            int word = indices[cycle - 1] - first;
            checker.Value(cycle, "data", word >= 0 && word < words ? counters[word] : 0);
        }

        checker.Finish(log.Cycles, required: words);
    }
}
