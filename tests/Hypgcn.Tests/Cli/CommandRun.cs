using System.Text.Json;
using Hypgcn.Cli;

namespace Hypgcn.Tests.Cli;

/// <summary>One command line, run inside the test process.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await HypgcnApplication.RunAsync(arguments, output, error, CancellationToken.None);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Standard output, which must be one JSON object and nothing else.</summary>
    public JsonElement Json()
    {
        using JsonDocument document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>Bad input: exit code 2, nothing on standard output, one line that begins and ends as given.</summary>
    public void MustBeBadInput(string message)
    {
        Assert.That((ExitCode, Output), Is.EqualTo((2, "")), Error);
        string[] lines = [.. Error.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("hypgcn: ", StringComparison.Ordinal))];
        Assert.That(lines, Is.EqualTo([$"hypgcn: {message}"]));
    }
}
