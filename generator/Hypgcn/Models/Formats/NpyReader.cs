namespace Hypgcn.Models.Formats;

/// <summary>Reads .npy arrays.</summary>
internal static class NpyReader
{
    /// <summary>Reads an array whose stream holds exactly <paramref name="length"/> bytes, values included.</summary>
    public static Tensor Read(string where, string name, Stream stream, long length, ReadBudget budget)
    {
        NpyHeader header = NpyHeaderReader.Read(where, stream);
        CheckLength(where, header, length);
        budget.Claim(where, "the array", header.DataBytes + ((long)header.Count * ElementCodec.DecodedSizeBytes(header.Kind)));
        if (header.DataBytes > Array.MaxLength)
            throw Problem.At(where, $"the array has {header.DataBytes} bytes; at most {Array.MaxLength} are read. Split it.");
        var bytes = new byte[header.DataBytes];
        stream.ReadExactly(bytes);
        return Decode(name, header, bytes);
    }

    /// <summary>Declared against actual size, before anything is allocated.</summary>
    public static void CheckLength(string where, NpyHeader header, long length)
    {
        long declared = header.DataOffset + header.DataBytes;
        if (length != declared)
        {
            throw Problem.At(where, $"the file has {length} bytes, its shape {Tensor.ShapeText(header.Shape)} needs {declared}; both must agree. " +
                "The file is truncated or corrupt: copy or save it again.");
        }
    }

    private static Tensor Decode(string name, NpyHeader header, byte[] bytes)
    {
        Array data = ElementCodec.Decode(bytes, header.Kind, header.BigEndian);
        if (header.FortranOrder && header.Shape.Length > 1)
            data = StridedView.Gather(data, 0, header.Shape, StridedView.FortranStrides(header.Shape));
        return new Tensor(name, header.Shape, data);
    }
}
