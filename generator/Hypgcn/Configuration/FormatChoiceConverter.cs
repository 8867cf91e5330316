using System.Text.Json;
using System.Text.Json.Serialization;
using Hypgcn.Models.Formats;
using Hypgcn.Quantization;

namespace Hypgcn.Configuration;

/// <summary>A string names the preset, an object is the formats themselves.</summary>
internal sealed class FormatChoiceConverter : JsonConverter<FormatChoice>
{
    public override FormatChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return new FormatChoice { Formats = JsonSerializer.Deserialize<QuantizationFormats>(ref reader, options) };
        }
        return reader.GetString() == FormatChoice.PresetName
            ? FormatChoice.Preset
            : throw new JsonException($"the preset {Problem.Quoted(reader.GetString()!)} is not '{FormatChoice.PresetName}', the only one");
    }

    public override void Write(Utf8JsonWriter writer, FormatChoice value, JsonSerializerOptions options)
    {
        if (value.Formats is null)
        {
            writer.WriteStringValue(FormatChoice.PresetName);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Formats, options);
        }
    }
}
