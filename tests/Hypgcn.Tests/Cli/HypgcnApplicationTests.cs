using System.Text.Json;
using Hypgcn.Cli;

namespace Hypgcn.Tests.Cli;

public sealed class HypgcnApplicationTests
{
    [TestCase("doctor --nope", "hypgcn: command line: Unrecognized command or argument '--nope'. See `hypgcn doctor --help`.\n")]
    [TestCase("", "hypgcn: command line: Required command was not provided. See `hypgcn --help`.\n")]
    public async Task RunAsync_WrongCommandLine_IsOneLineAndExitCode2(string line, string message)
    {
        (int exitCode, string output, string error) = await RunAsync(line);
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(error.ReplaceLineEndings("\n"), Is.EqualTo(message));
        });
    }

    [Test]
    public async Task RunAsync_DoctorAsJson_IsOneObject()
    {
        (int exitCode, string output, _) = await RunAsync("doctor --json");
        using JsonDocument result = JsonDocument.Parse(output);
        Assert.That(result.RootElement.GetProperty("ready").GetBoolean(), Is.EqualTo(exitCode == 0));
        Assert.That(
            result.RootElement.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()),
            Does.Contain("verilator"));
    }

    [Test]
    public async Task RunAsync_Help_NamesTheCommands()
    {
        (int exitCode, string output, _) = await RunAsync("--help");
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("doctor"));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await HypgcnApplication.RunAsync(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, error, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
