using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypgcn.Sparsity;

/// <summary>Keeps a list of numbers on one line of an indented file.</summary>
internal sealed class CompactListConverter<T> : JsonConverter<IReadOnlyList<T>>
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T[]>(ref reader, options) ?? [];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{string.Join(", ", value)}]");
}
