using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Hypgcn.Models;

/// <summary>Writes .npy arrays, version 1, little-endian, C order.</summary>
public static class NpyFile
{
    private const int HeaderAlignment = 64;

    /// <summary>Writes beside <paramref name="path"/>, then renames: the file is complete or absent.</summary>
    public static void Write(string path, Tensor tensor) => Formats.OutputFile.Write(path, stream => Write(stream, tensor));

    /// <summary>Writes one array to a stream.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        string type = tensor.IsInteger ? "<i8" : tensor.IsDouble ? "<f8" : "<f4";
        string shape = string.Join(", ", tensor.Shape.Select(x => x.ToString(CultureInfo.InvariantCulture)));
        string comma = tensor.Shape.Count == 1 ? "," : "";
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}{comma}), }}";
        // numpy pads so that the values are aligned; readers that map the file rely on it.
        int length = (((10 + header.Length + 1 + HeaderAlignment - 1) / HeaderAlignment) * HeaderAlignment) - 10;
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)(length & 0xFF), (byte)(length >> 8)]);
        stream.Write(Encoding.Latin1.GetBytes(header.PadRight(length - 1) + "\n"));
        WriteValues(stream, tensor);
    }

    internal static void WriteValues(Stream stream, Tensor tensor)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("values are written on little-endian machines only");
        const int Piece = 1 << 20;
        for (int start = 0; start < tensor.Count; start += Piece)
        {
            int count = Math.Min(Piece, tensor.Count - start);
            stream.Write(tensor.Data switch
            {
                float[] f => MemoryMarshal.AsBytes(f.AsSpan(start, count)),
                double[] d => MemoryMarshal.AsBytes(d.AsSpan(start, count)),
                var l => MemoryMarshal.AsBytes(((long[])l).AsSpan(start, count)),
            });
        }
    }
}
