using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypgcn.Sparsity;

/// <summary>Keeps each row of a table of numbers on one line of an indented file.</summary>
internal sealed class CompactTableConverter : JsonConverter<IReadOnlyList<IReadOnlyList<int>>>
{
    public override IReadOnlyList<IReadOnlyList<int>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. (JsonSerializer.Deserialize<int[]?[]>(ref reader, options) ?? []).Select(row => row ?? [])];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<int>> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var row in value)
        {
            writer.WriteRawValue($"[{string.Join(", ", row)}]");
        }
        writer.WriteEndArray();
    }
}
