using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypgcn.Configuration;

/// <summary>Widths per block: a list, or one number for all blocks, which is a list of one.</summary>
internal sealed class BlockBitsConverter : JsonConverter<IReadOnlyList<int>>
{
    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [Number(ref reader)];
        }
        var bits = new List<int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bits.Add(Number(ref reader));
        }
        return bits;
    }

    private static int Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var bits)
        ? bits
        : throw new JsonException("the value of block_feature_bits is neither a whole number nor a list of them");

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options)
    {
        if (value is [var all])
        {
            writer.WriteNumberValue(all);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.ToArray(), options);
        }
    }
}
