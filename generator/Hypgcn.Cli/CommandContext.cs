using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Hypgcn.Cli;

/// <summary>Where a command prints, and how.</summary>
/// <param name="Output">The result, and nothing else.</param>
/// <param name="Error">Progress and remarks.</param>
/// <param name="IsJson">Whether the result is printed as JSON.</param>
public sealed record CommandContext(TextWriter Output, TextWriter Error, bool IsJson)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Shows what long work is doing.</summary>
    public ConsoleProgress Progress { get; } =
        new(Error, ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>What <see cref="Print"/> makes of a result.</summary>
    internal static JsonObject ToJson(object result) => JsonSerializer.SerializeToNode(result, Format)!.AsObject();

    /// <summary>Prints a result: its properties as <c>lower_snake</c> keys of one JSON object, or as text.</summary>
    /// <param name="result">What <c>--json</c> prints.</param>
    /// <param name="writeText">Writes the same for a person.</param>
    public void Print(object result, Action<TextWriter> writeText)
    {
        ArgumentNullException.ThrowIfNull(writeText);
        if (IsJson)
        {
            Output.Write(JsonSerializer.Serialize(result, Format));
            Output.Write('\n');
        }
        else
        {
            writeText(Output);
        }
    }
}
