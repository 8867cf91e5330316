using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hypgcn.Models;
using Hypgcn.Models.Formats;

namespace Hypgcn.Configuration;

/// <summary>Reads and writes <c>accelerator.json</c>: snake_case keys, unknown ones are errors.</summary>
public static class ConfigurationFile
{
    private const int LargestBytes = 1 << 22;

    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        // The schema may be the first to ask for types.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Reads and validates a file.</summary>
    /// <exception cref="ConfigurationException">Missing, not JSON, an unknown key, or values out of range: all of them.</exception>
    public static AcceleratorConfiguration Read(string path)
    {
        try
        {
            return Parse(path, ReadText(path, "a configuration"));
        }
        catch (ModelFormatException e)
        {
            throw new ConfigurationException([e.Message]);
        }
    }

    /// <summary>The text of a file, without its byte order mark.</summary>
    /// <exception cref="ModelFormatException">Missing, empty, too large or not readable.</exception>
    internal static string ReadText(string path, string kind)
    {
        using var reader = new StreamReader(InputFile.OpenRead(path, LargestBytes, kind));
        return reader.ReadToEnd();
    }

    /// <summary>Parses and validates a text.</summary>
    /// <param name="where">What messages begin with.</param>
    /// <param name="json">The text.</param>
    /// <exception cref="ConfigurationException">Not JSON, an unknown key, or values out of range: all of them.</exception>
    public static AcceleratorConfiguration Parse(string where, string json)
    {
        AcceleratorConfiguration? configuration;
        try
        {
            configuration = JsonSerializer.Deserialize<AcceleratorConfiguration>(json, Json);
        }
        catch (JsonException e)
        {
            throw new ConfigurationException([$"{where}: {JsonProblem.Describe(e)}; a configuration is the JSON of docs/accelerator.schema.json. Compare with it."]);
        }
        var problems = configuration is null
            ? ["it is null; a configuration is an object. Make one with hypgcn new."]
            : ConfigurationRules.Check(configuration);
        return problems.Count == 0
            ? configuration!
            : throw new ConfigurationException([.. problems.Select(problem => $"{where}: {problem}")]);
    }

    /// <summary>The text of a configuration.</summary>
    public static string ToJson(AcceleratorConfiguration configuration) => JsonSerializer.Serialize(configuration, Json) + "\n";

    /// <summary>Writes a file; it is never seen half-written.</summary>
    /// <exception cref="HypgcnException">The file cannot be written.</exception>
    public static void Write(string path, AcceleratorConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(path);
        var beside = path + ".tmp";
        try
        {
            File.WriteAllText(beside, ToJson(configuration));
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HypgcnException($"{path}: the file cannot be written ({e.Message.TrimEnd('.')}); the folder must exist and be writable. Choose another path.", e);
        }
    }
}
