using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypgcn.Quantization;

/// <summary>A list of integers on one line of an otherwise indented text.</summary>
internal sealed class CompactListConverter<T> : JsonConverter<IReadOnlyList<T>> where T : IBinaryInteger<T>
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("the value is not a list of whole numbers");
        }
        var values = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && long.CreateChecked(T.CreateTruncating(value)) == value
                ? T.CreateTruncating(value)
                : throw new JsonException("the list holds something other than whole numbers, or one too large"));
        }
        return values;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        writer.WriteRawValue("[" + string.Join(", ", value.Select(item => item.ToString(null, CultureInfo.InvariantCulture))) + "]");
}
