using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Hypgcn.Models;

/// <summary>Writes .safetensors.</summary>
public static class SafetensorsFile
{
    private const int HeaderAlignment = 8;

    /// <summary>Writes the tensors under their names, in the order given; beside <paramref name="path"/> first, then renamed.</summary>
    public static void Write(string path, IReadOnlyList<Tensor> tensors) => Formats.OutputFile.Write(path, stream =>
    {
        byte[] header = Header(tensors);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Tensor tensor in tensors)
            NpyFile.WriteValues(stream, tensor);
    });

    private static byte[] Header(IReadOnlyList<Tensor> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (Tensor tensor in tensors)
            {
                long end = offset + ((long)tensor.Count * (tensor.IsInteger || tensor.IsDouble ? 8 : 4));
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.IsInteger ? "I64" : tensor.IsDouble ? "F64" : "F32");
                json.WriteStartArray("shape");
                foreach (int extent in tensor.Shape)
                    json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // Trailing blanks are legal JSON and align the values.
        int padding = (HeaderAlignment - (int)(buffer.Length % HeaderAlignment)) % HeaderAlignment;
        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', padding)));
        return buffer.ToArray();
    }
}
