using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Hypgcn.Models.Formats;

/// <summary>Bytes of a file to float[], double[] or long[].</summary>
internal static class ElementCodec
{
    /// <summary>Size of one stored value in bytes.</summary>
    public static int SizeBytes(ElementKind kind) => kind switch
    {
        ElementKind.Bool or ElementKind.Int8 or ElementKind.UInt8 => 1,
        ElementKind.Int16 or ElementKind.UInt16 or ElementKind.Float16 or ElementKind.BFloat16 => 2,
        ElementKind.Int32 or ElementKind.UInt32 or ElementKind.Float32 => 4,
        _ => 8,
    };

    /// <summary>Size of one decoded value in bytes.</summary>
    public static int DecodedSizeBytes(ElementKind kind) =>
        kind is ElementKind.Float16 or ElementKind.BFloat16 or ElementKind.Float32 ? 4 : 8;

    /// <summary>Decodes all of <paramref name="bytes"/>.</summary>
    /// <exception cref="InvalidDataException">An unsigned value is above 2^63 - 1.</exception>
    public static Array Decode(ReadOnlySpan<byte> bytes, ElementKind kind, bool bigEndian)
    {
        int size = SizeBytes(kind);
        int count = bytes.Length / size;
        if (kind == ElementKind.Float32)
            return DecodeSingles(bytes, count, bigEndian);
        if (kind == ElementKind.Float64)
            return DecodeDoubles(bytes, count, bigEndian);
        if (kind is ElementKind.Float16 or ElementKind.BFloat16)
        {
            var halves = new float[count];
            for (int i = 0; i < count; i++)
                halves[i] = Half16(bytes.Slice(2 * i, 2), kind, bigEndian);
            return halves;
        }

        var integers = new long[count];
        for (int i = 0; i < count; i++)
            integers[i] = Integer(bytes.Slice(size * i, size), kind, bigEndian);
        return integers;
    }

    private static float[] DecodeSingles(ReadOnlySpan<byte> bytes, int count, bool bigEndian)
    {
        var values = new float[count];
        bytes[..(4 * count)].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }

    private static double[] DecodeDoubles(ReadOnlySpan<byte> bytes, int count, bool bigEndian)
    {
        var values = new double[count];
        bytes[..(8 * count)].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            Span<long> bits = MemoryMarshal.Cast<double, long>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }

    private static float Half16(ReadOnlySpan<byte> b, ElementKind kind, bool bigEndian)
    {
        ushort bits = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b);
        return kind == ElementKind.Float16
            ? (float)BitConverter.UInt16BitsToHalf(bits)
            : BitConverter.UInt32BitsToSingle((uint)bits << 16);
    }

    private static long Integer(ReadOnlySpan<byte> b, ElementKind kind, bool bigEndian) => kind switch
    {
        ElementKind.Bool => b[0] == 0 ? 0 : 1,
        ElementKind.UInt8 => b[0],
        ElementKind.Int8 => unchecked((sbyte)b[0]),
        ElementKind.Int16 => bigEndian ? BinaryPrimitives.ReadInt16BigEndian(b) : BinaryPrimitives.ReadInt16LittleEndian(b),
        ElementKind.UInt16 => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b),
        ElementKind.Int32 => bigEndian ? BinaryPrimitives.ReadInt32BigEndian(b) : BinaryPrimitives.ReadInt32LittleEndian(b),
        ElementKind.UInt32 => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b),
        ElementKind.Int64 => bigEndian ? BinaryPrimitives.ReadInt64BigEndian(b) : BinaryPrimitives.ReadInt64LittleEndian(b),
        _ => Unsigned(bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(b) : BinaryPrimitives.ReadUInt64LittleEndian(b)),
    };

    private static long Unsigned(ulong value) => value <= long.MaxValue
        ? (long)value
        : throw new InvalidDataException($"the unsigned value {value} is above 2^63 - 1");
}
