using System.Collections;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Hypgcn.Quantization;

namespace Hypgcn.Configuration;

/// <summary>The JSON schema of <c>accelerator.json</c>.</summary>
public static class ConfigurationSchema
{
    // Their converters hide the lists from the exporter.
    private static readonly Type[] ListTypes = [typeof(IReadOnlyList<int>), typeof(IReadOnlyList<long>)];

    private static readonly string BlockBitsName =
        JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(AcceleratorConfiguration.BlockFeatureBits));

    /// <summary>The schema, indented, with a final newline.</summary>
    public static string ToJson()
    {
        var schema = (JsonObject)Export(typeof(AcceleratorConfiguration));
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "hypgcn accelerator.json");
        return schema.ToJsonString(ConfigurationFile.Json) + "\n";
    }

    private static JsonNode Export(Type type) => ConfigurationFile.Json.GetJsonSchemaAsNode(
        type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Type == typeof(FormatChoice))
        {
            schema = new JsonObject
            {
                ["oneOf"] = new JsonArray(
                    new JsonObject { ["const"] = FormatChoice.PresetName }, Export(typeof(QuantizationFormats))),
            };
        }
        if (context.PropertyInfo?.Name == BlockBitsName)
        {
            schema = new JsonObject
            {
                ["type"] = new JsonArray("integer", "array", "null"),
                ["items"] = new JsonObject { ["type"] = "integer" },
            };
        }
        if (context.PropertyInfo?.PropertyType is { } type && ListTypes.Contains(type) && schema is not JsonObject { Count: > 0 })
        {
            schema = new JsonObject
            {
                ["type"] = new JsonArray("array", "null"),
                ["items"] = new JsonObject { ["type"] = "integer" },
            };
        }
        if (schema is not JsonObject node || context.PropertyInfo?.AttributeProvider is not { } attributes)
        {
            return schema;
        }
        if (attributes.GetCustomAttributes(typeof(LegalAttribute), false).SingleOrDefault() is LegalAttribute legal)
        {
            Limit(node, legal);
        }
        if (attributes.GetCustomAttributes(typeof(DescriptionAttribute), false).SingleOrDefault() is DescriptionAttribute text)
        {
            node.Insert(0, "description", text.Description);
        }
        return node;
    }

    private static void Limit(JsonObject node, LegalAttribute legal)
    {
        if (node["items"] is JsonObject items)
        {
            (items["minimum"], items["maximum"]) = (legal.Least, legal.Greatest);
        }
        if (node["type"]!.ToJsonString().Contains("integer", StringComparison.Ordinal))
        {
            // JSON schema ignores them for the array that stands beside a number.
            (node["minimum"], node["maximum"]) = (legal.Least, legal.Greatest);
        }
        if (legal.Values is not null)
        {
            node["enum"] = new JsonArray([.. legal.Values.Select(v => (JsonNode)v)]);
        }
    }
}
