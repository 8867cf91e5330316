using System.Numerics;

namespace Hypgcn.Tests.Primitives;

/// <summary>A bank of 16 values in the form of the streams: hot code and the non-zeros to the front.</summary>
internal static class RfcBank
{
    internal const int Size = 16;

    /// <summary>{hot, data}; the places behind the non-zeros hold rubbish, which nobody may use.</summary>
    internal static BigInteger Pack(long[] values, int bits, Random rubbish)
    {
        long[] places = [.. Enumerable.Range(0, Size).Select(_ => Bits.Random(rubbish, bits))];
        values.Where(value => value != 0).ToArray().CopyTo(places, 0);
        return (new BigInteger(Hot(values)) << (Size * bits)) | Bits.Lanes(places, bits);
    }

    internal static int Hot(long[] values) =>
        Enumerable.Range(0, Size).Sum(index => index < values.Length && values[index] != 0 ? 1 << index : 0);

    internal static long[] Unpack(BigInteger hot, BigInteger data, int bits)
    {
        long[] values = new long[Size];
        int place = 0;
        for (int i = 0; i < Size; i++)
        {
            if (!(hot >> i).IsEven)
                values[i] = Bits.SignedLane(data, place++, bits);
        }

        return values;
    }

    /// <summary>16 values, of which a random share, often none or all, is not zero.</summary>
    internal static long[] Random(Random random, int bits)
    {
        int percent = random.Next(5) switch { 0 => 0, 1 => 100, 2 => 10, _ => random.Next(100) };
        return [.. Enumerable.Range(0, Size).Select(_ => random.Next(100) < percent ? Bits.Random(random, bits) : 0)];
    }

    /// <summary>Items for a bench.</summary>
    internal static BigInteger[] RandomItems(Random random, int count, int bits) =>
        [.. Enumerable.Range(0, count).Select(_ => Pack(Random(random, bits), bits, random))];

    /// <summary>Hot code and data read from a log; the data may be unknown where nothing is hot.</summary>
    internal static long[] Read(BenchLog log, int cycle, string hotColumn, string dataColumn, int bits)
    {
        BigInteger hot = log.Value(cycle, hotColumn);
        string text = log.Text(cycle, dataColumn).Replace('x', '0').Replace('X', '0');
        BigInteger data = BigInteger.Parse("0" + text, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
        return Unpack(hot, data, bits);
    }
}
