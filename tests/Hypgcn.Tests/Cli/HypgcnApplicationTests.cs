using System.Text.Json;
using Hypgcn.Cli;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

public sealed class HypgcnApplicationTests
{
    [TestCase("doctor --nope", "hypgcn: command line: Unrecognized command or argument '--nope'. See `hypgcn doctor --help`.\n")]
    [TestCase("", "hypgcn: command line: Required command was not provided. See `hypgcn --help`.\n")]
    [TestCase("inspect a.pt --frames x", "hypgcn: command line: --frames is 'x'; it must be a whole number. See `hypgcn inspect --help`.\n")]
    [TestCase("inspect a.pt --persons 1.5", "hypgcn: command line: --persons is '1.5'; it must be a whole number. See `hypgcn inspect --help`.\n")]
    [TestCase("cosim --design d --input i --stall -1", "hypgcn: command line: --stall is '-1'; it must be a whole number, 0 or more. See `hypgcn cosim --help`.\n")]
    [TestCase("cosim --design d --input i --time-limit x", "hypgcn: command line: --time-limit is 'x'; it must be a number. See `hypgcn cosim --help`.\n")]
    [TestCase("infer --config EMPTY --input i", "hypgcn: command line: --config is empty or has a zero character; it must be a name or path. See `hypgcn infer --help`.\n")]
    [TestCase("inspect EMPTY", "hypgcn: command line: CHECKPOINT is empty or has a zero character; it must be a name or path. See `hypgcn inspect --help`.\n")]
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
    public async Task RunAsync_MessageWithControlCharactersOrTooLong_IsMadePlainAndCut()
    {
        const string Name = "\u001b[31m\n";
        (_, _, string plain) = await RunAsync("new --network 2s-agcn --checkpoint a --out b --stream " + Name);
        (_, _, string cut) = await RunAsync("inspect a.pt --strides " + new string('x', 50_000));
        Assert.That(plain, Is.EqualTo(
            "hypgcn: command line: stream: '\\u001b[31m\\u000a'; it must be joint or bone. Choose one or leave it out for joint." + Environment.NewLine));
        Assert.That(cut, Is.EqualTo($"hypgcn: --strides: '{new string('x', 19_988)}... (80098 more characters).{Environment.NewLine}"));
    }

    [Test]
    public async Task RunAsync_Cancelled_SaysSo()
    {
        using var error = new StringWriter();
        int exitCode = await HypgcnApplication.RunAsync(["doctor"], TextWriter.Null, error, new CancellationToken(canceled: true));
        Assert.That((exitCode, error.ToString()), Is.EqualTo((130, "hypgcn: cancelled." + Environment.NewLine)));
    }

    /// <summary>A writer that fails stands for a bug.</summary>
    [Test]
    [Platform("Linux")]
    public async Task RunAsync_Bug_IsLoggedAndNamed()
    {
        using var folder = new TemporaryFolder();
        string? before = Environment.GetEnvironmentVariable("TMPDIR");
        try
        {
            Environment.SetEnvironmentVariable("TMPDIR", folder.Path);
            (int exitCode, string error) = await RunWithBugAsync();
            string log = Directory.GetFiles(folder.Path).Single();
            Assert.That((exitCode, error), Is.EqualTo((3, $"hypgcn: internal error: NotSupportedException: no output. Please report it with {log}.\n")));
            Assert.That(File.ReadAllText(log), Does.Match("^hypgcn new --network [^\n]*bug.json\n\nSystem.NotSupportedException: no output.\n"));

            Environment.SetEnvironmentVariable("TMPDIR", folder.File("none"));
            (exitCode, error) = await RunWithBugAsync();
            Assert.That((exitCode, error), Is.EqualTo(
                (3, "hypgcn: internal error: NotSupportedException: no output. Please report it with the command line (no log could be written).\n")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
        }
    }

    private static async Task<(int ExitCode, string Error)> RunWithBugAsync()
    {
        using var output = new BrokenWriter();
        using var error = new StringWriter();
        int exitCode = await HypgcnApplication.RunAsync(["new", "--network", "2s-agcn", "--checkpoint", Demo, "--frames", "32", "--out", Path.Combine(TestContext.CurrentContext.WorkDirectory, "bug.json")], output, error, CancellationToken.None);
        return (exitCode, error.ToString());
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new NotSupportedException("no output.");
    }

    private static string Demo => Path.Combine(Repository.Root, "examples", "demo", "demo.pt");

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
            [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "EMPTY" ? "" : word)], output, error, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
