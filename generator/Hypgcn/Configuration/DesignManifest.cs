using System.Text.Json;
using Hypgcn.Models;

namespace Hypgcn.Configuration;

/// <summary><c>manifest.json</c> of a design folder: everything that the folder was made from.</summary>
public sealed record DesignManifest
{
    /// <summary>Name of the file in a design folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The configuration with every parameter and format written out; its paths are relative to the design folder.</summary>
    public required AcceleratorConfiguration Configuration { get; init; }

    /// <summary>SHA-256 of the checkpoint, lower-case hexadecimal.</summary>
    public required string CheckpointSha256 { get; init; }

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ConfigurationFile.Json) + "\n";

    /// <summary>Reads a design folder's manifest.</summary>
    /// <exception cref="ConfigurationException">It is missing or damaged.</exception>
    public static DesignManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        DesignManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<DesignManifest>(ConfigurationFile.ReadText(path, "a manifest"), ConfigurationFile.Json);
        }
        catch (JsonException problem)
        {
            throw new ConfigurationException([$"{path}: {JsonProblem.Describe(problem)}; a manifest is what hypgcn generate wrote. Run it again."]);
        }
        catch (ModelFormatException)
        {
            throw new ConfigurationException(
                [$"{folder}: it holds no readable {FileName}; a design folder is what hypgcn generate writes. Check the path."]);
        }
        IReadOnlyList<string> problems = manifest is null
            ? ["it is null; a manifest is an object. Run hypgcn generate again."]
            : [.. ConfigurationRules.Check(manifest.Configuration).Select(problem => $"configuration.{problem}")];
        return problems.Count == 0
            ? manifest!
            : throw new ConfigurationException([.. problems.Select(problem => $"{path}: {problem}")]);
    }
}
