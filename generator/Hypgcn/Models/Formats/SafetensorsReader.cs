using System.Buffers.Binary;
using System.Text.Json;

namespace Hypgcn.Models.Formats;

/// <summary>Reads .safetensors: 8 bytes of header length, a JSON header, then the values.</summary>
internal static class SafetensorsReader
{
    /// <summary>The format's own limit.</summary>
    private const long LargestHeaderBytes = 100_000_000;

    public static Dictionary<string, Tensor> Read(string path, Stream stream, ReadBudget budget)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8)
            throw Problem.At(path, $"the file has {stream.Length} bytes; a .safetensors file starts with 8 bytes of header length. Copy or save it again.");
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(start);
        long bodyBytes = stream.Length - 8;
        if (headerBytes > LargestHeaderBytes || (long)headerBytes > bodyBytes)
        {
            throw Problem.At(path, $"the header is said to have {headerBytes} bytes, {bodyBytes} follow; it lies inside the file and has at most {LargestHeaderBytes}. " +
                "The file is truncated or corrupt: copy or save it again.");
        }

        var header = new byte[headerBytes];
        stream.ReadExactly(header);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            using JsonDocument json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            foreach (JsonProperty property in json.RootElement.EnumerateObject().OrderBy(x => Begin(x.Value)))
            {
                if (property.Name != "__metadata__")
                    tensors.Add(property.Name, ReadTensor(path, property.Name, property.Value, stream, 8 + (long)headerBytes, budget));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw Problem.At(path, "the header is not the JSON of a .safetensors file; each tensor has dtype, shape and data_offsets. Save it again.");
        }

        return tensors;
    }

    private static long Begin(JsonElement tensor) =>
        tensor.TryGetProperty("data_offsets", out JsonElement offsets) ? offsets[0].GetInt64() : -1;

    private static Tensor ReadTensor(string path, string name, JsonElement json, Stream stream, long dataStart, ReadBudget budget)
    {
        string where = $"tensor {Problem.Quoted(name)}";
        string dtype = json.GetProperty("dtype").GetString() ?? "";
        ElementKind kind = Kind(dtype)
            ?? throw Problem.At(path, $"{where} has type {Problem.Quoted(dtype)}; F16, BF16, F32, F64, BOOL, I8 to I64 and U8 to U64 are read. Convert it.");
        long[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64())];
        long[] offsets = [.. json.GetProperty("data_offsets").EnumerateArray().Select(x => x.GetInt64())];
        if (offsets is not [var begin, var end] || begin < 0 || end < begin || end > stream.Length - dataStart)
        {
            throw Problem.At(path, $"{where} lies at bytes [{string.Join(", ", offsets)}] of {stream.Length - dataStart}; it lies inside the file. " +
                "The file is truncated or corrupt: copy or save it again.");
        }

        if (shape.Length > 32 || Count(shape) is not { } count || count * ElementCodec.SizeBytes(kind) != end - begin)
            throw Problem.At(path, $"{where} has shape [{string.Join(", ", shape.Take(32))}] of {dtype} in {end - begin} bytes; both must agree. Save it again.");

        budget.Claim(path, where, (end - begin) + (count * ElementCodec.DecodedSizeBytes(kind)));
        if (end - begin > Array.MaxLength)
            throw Problem.At(path, $"{where} has {end - begin} bytes; at most {Array.MaxLength} are read. Split it.");
        var bytes = new byte[end - begin];
        stream.Position = dataStart + begin;
        stream.ReadExactly(bytes);
        return new Tensor(name, Array.ConvertAll(shape, x => (int)x), ElementCodec.Decode(bytes, kind, bigEndian: false));
    }

    private static long? Count(long[] shape)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            if (extent < 0 || (extent > 0 && count > int.MaxValue / extent))
                return null;
            count *= extent;
        }

        // An extent beside a zero is still an extent.
        return shape.Any(x => x > int.MaxValue) ? null : count;
    }

    private static ElementKind? Kind(string dtype) => dtype switch
    {
        "BOOL" => ElementKind.Bool,
        "I8" => ElementKind.Int8,
        "I16" => ElementKind.Int16,
        "I32" => ElementKind.Int32,
        "I64" => ElementKind.Int64,
        "U8" => ElementKind.UInt8,
        "U16" => ElementKind.UInt16,
        "U32" => ElementKind.UInt32,
        "U64" => ElementKind.UInt64,
        "F16" => ElementKind.Float16,
        "BF16" => ElementKind.BFloat16,
        "F32" => ElementKind.Float32,
        "F64" => ElementKind.Float64,
        _ => null,
    };
}
