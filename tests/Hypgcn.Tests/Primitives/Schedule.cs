using System.Numerics;

namespace Hypgcn.Tests.Primitives;

/// <summary>
/// Resets and gates of a run. Some cycles of random traffic, a reset, then segments: full rate, the last
/// gate shut and opened again, random patterns, once more a reset in the middle of traffic, full rate.
/// Word per cycle: bit 0 the reset, bit 1 + n gate n.
/// </summary>
internal static class Schedule
{
    private enum Pattern
    {
        Always,
        Never,
        Half,
        Quarter,
        Bursts,
    }

    internal static IReadOnlyList<BigInteger> Create(int seed, int segmentLength, int gates)
    {
        var random = new Random(seed);
        List<BigInteger> words = [];
        Pattern[] all = Repeat(gates, Pattern.Always);
        AddSegment(words, random, random.Next(3, 30), Repeat(gates, Pattern.Half));
        AddReset(words, random, gates);
        AddSegment(words, random, segmentLength, all);
        AddSegment(words, random, segmentLength, [.. all[1..], Pattern.Never]);
        AddSegment(words, random, segmentLength, [.. all[1..], Pattern.Bursts]);
        AddSegment(words, random, segmentLength, Repeat(gates, Pattern.Half));
        AddReset(words, random, gates);
        AddSegment(words, random, segmentLength, [.. Enumerable.Range(0, gates).Select(_ => (Pattern)random.Next(2, 5))]);
        AddSegment(words, random, segmentLength, [Pattern.Quarter, .. all[1..]]);
        AddSegment(words, random, segmentLength, [.. all[1..], Pattern.Quarter]);
        AddSegment(words, random, segmentLength, all);
        return words;
    }

    private static Pattern[] Repeat(int count, Pattern pattern) => [.. Enumerable.Repeat(pattern, count)];

    private static void AddReset(List<BigInteger> words, Random random, int gates)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
            words.Add((random.Next(1 << gates) << 1) | 1);
    }

    private static void AddSegment(List<BigInteger> words, Random random, int length, Pattern[] patterns)
    {
        bool[] on = new bool[patterns.Length];
        for (int cycle = 0; cycle < length; cycle++)
        {
            int word = 0;
            for (int gate = 0; gate < patterns.Length; gate++)
            {
                on[gate] = patterns[gate] switch
                {
                    Pattern.Always => true,
                    Pattern.Never => false,
                    Pattern.Half => random.Next(2) == 0,
                    Pattern.Quarter => random.Next(4) == 0,
                    _ => random.Next(12) == 0 ? !on[gate] : on[gate],
                };
                word |= on[gate] ? 2 << gate : 0;
            }

            words.Add(word);
        }
    }
}
