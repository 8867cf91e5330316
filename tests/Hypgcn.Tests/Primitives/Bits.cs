using System.Globalization;
using System.Numerics;

namespace Hypgcn.Tests.Primitives;

/// <summary>Fields of wide words.</summary>
internal static class Bits
{
    internal static string Hex(BigInteger value)
    {
        string text = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return text.Length == 0 ? "0" : text;
    }

    /// <summary>Concatenates, the first field at the top; negative values wrap.</summary>
    internal static BigInteger Pack(params (BigInteger Value, int Width)[] fields) =>
        fields.Aggregate(BigInteger.Zero, (word, field) => (word << field.Width) | Wrap(field.Value, field.Width));

    /// <summary>Values of equal width, the first at the bottom.</summary>
    internal static BigInteger Lanes(IEnumerable<long> values, int width) =>
        values.Reverse().Aggregate(BigInteger.Zero, (word, value) => (word << width) | Wrap(value, width));

    internal static BigInteger Wrap(BigInteger value, int width) => value & ((BigInteger.One << width) - 1);

    internal static BigInteger Lane(BigInteger word, int index, int width) => Wrap(word >> (index * width), width);

    internal static long SignedLane(BigInteger word, int index, int width)
    {
        BigInteger value = Lane(word, index, width);
        return (long)(value >> (width - 1) == 0 ? value : value - (BigInteger.One << width));
    }

    internal static long[] SignedLanes(BigInteger word, int count, int width) =>
        [.. Enumerable.Range(0, count).Select(index => SignedLane(word, index, width))];

    /// <summary>A signed value: mostly any, often 0, an end of the range or small.</summary>
    internal static long Random(Random random, int width)
    {
        long top = (1L << (width - 1)) - 1;
        return random.Next(8) switch
        {
            0 => 0,
            1 => top,
            2 => -top - 1,
            3 => Math.Min(top, 1),
            4 => -1,
            _ => random.NextInt64(-top - 1, top + 1),
        };
    }

    internal static BigInteger RandomWord(Random random, int width) =>
        Wrap(new BigInteger(Bytes(random, (width + 7) / 8), isUnsigned: true), width);

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
