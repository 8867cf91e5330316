namespace Hypgcn.Models.Formats;

/// <summary>What the header of an .npy array says.</summary>
/// <param name="Kind">Type of a value.</param>
/// <param name="BigEndian">Byte order.</param>
/// <param name="FortranOrder">First index fastest.</param>
/// <param name="Shape">Extents; their product fits in an int.</param>
/// <param name="DataOffset">Where the values start, in bytes.</param>
internal sealed record NpyHeader(ElementKind Kind, bool BigEndian, bool FortranOrder, int[] Shape, int DataOffset)
{
    /// <summary>Number of values.</summary>
    public int Count => Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Size of the values in bytes.</summary>
    public long DataBytes => (long)Count * ElementCodec.SizeBytes(Kind);
}
