using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypgcn.Estimation;

/// <summary>The file of coefficients: see docs/resources.md for how they were obtained.</summary>
/// <param name="Source">Which tool and family they were fitted to.</param>
/// <param name="Modules">Per module.</param>
public sealed record ResourceCoefficients(string Source, IReadOnlyDictionary<string, ModuleCoefficients> Modules)
{
    /// <summary>File name in the templates' folder <c>synthesis</c>.</summary>
    public const string FileName = "resource-coefficients.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="HypgcnException">It is missing or bad.</exception>
    public static ResourceCoefficients Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ResourceCoefficients>(File.ReadAllText(path), Format)
                ?? throw new HypgcnException($"{path}: null; a table of coefficients is expected. Restore the file.");
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            throw new HypgcnException($"{path}: cannot be read: {problem.Message} Restore the file.", problem);
        }
    }

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
