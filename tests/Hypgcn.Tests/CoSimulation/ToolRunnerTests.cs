using Hypgcn.CoSimulation;

namespace Hypgcn.Tests.CoSimulation;

[Platform("Linux")]
public sealed class ToolRunnerTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("hypgcn-tool-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task RunAsync_Success_LogsBothStreams()
    {
        var lines = new List<string>();
        ToolCommand command = Shell("echo out; echo err >&2; echo \"$X $1\"", "a b's") with
        {
            OnLine = lines.Add,
            Environment = new Dictionary<string, string?> { ["X"] = "1" },
        };
        ToolResult result = await new ToolRunner().RunAsync(command, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Is.EquivalentTo(new[] { "out", "err", "1 a b's" }));
            Assert.That(result.LastLines, Is.EqualTo(lines));
            Assert.That(File.ReadAllLines(result.LogPath)[1..], Is.EqualTo(lines));
        });
    }

    [Test]
    public async Task RunAsync_ExitCode_CarriesStandardError()
    {
        ToolException problem = (await Assert.ThrowsAsync<ToolException>(
            () => new ToolRunner().RunAsync(Shell("echo fine; echo broken >&2; exit 7"), CancellationToken.None)))!;
        Assert.Multiple(() =>
        {
            Assert.That(problem.ExitCode, Is.EqualTo(7));
            Assert.That(problem.LastLines, Is.EqualTo(new[] { "broken" }));
            Assert.That(problem.Message, Is.EqualTo(
                $"test tool: sh ended with exit code 7; 0 is success; it said `broken`. Read the log {problem.LogPath}."));
        });
    }

    [Test]
    public async Task RunAsync_Hangs_IsKilledWithItsChildren()
    {
        string pidFile = Path.Combine(_folder, "pid");
        ToolCommand command = Shell($"sleep 60 & echo $! > {pidFile}; wait") with { TimeLimit = TimeSpan.FromSeconds(0.5) };
        ToolException problem = (await Assert.ThrowsAsync<ToolException>(
            () => new ToolRunner().RunAsync(command, CancellationToken.None)))!;
        Assert.Multiple(() =>
        {
            Assert.That(problem.ExitCode, Is.Null);
            Assert.That(problem.Message, Is.EqualTo(
                $"test tool: sh still ran after 0.5 s, its time limit, and was killed. Read the log {problem.LogPath}."));
            Assert.That(() => IsRunning(int.Parse(File.ReadAllText(pidFile))), Is.False.After(2000, 20));
        });
    }

    [Test]
    public async Task RunAsync_Cancelled_ThrowsOperationCanceled()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        await Assert.ThatAsync(
            () => new ToolRunner().RunAsync(Shell("sleep 60"), cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("verilator-that-is-not-there",
        "verilator-that-is-not-there: the program is not found; it must be in PATH. Check the path or install the program.")]
    public async Task RunAsync_MissingTool_SaysWhatToInstall(string executable, string message) => await Assert.ThatAsync(
        () => new ToolRunner().RunAsync(Shell("") with { Executable = executable }, CancellationToken.None),
        Throws.TypeOf<ToolException>().With.Message.EqualTo(message));

    [Test]
    public void Require_KnownToolThatIsMissing_SaysHowToInstallIt()
    {
        string? before = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", _folder);
            Assert.That(() => ToolLocator.Require("verilator"), Throws.TypeOf<ToolException>().With.Message.EqualTo(
                "verilator: the program is not found; it must be in PATH. Install it: apt-get install verilator."));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }

    [Test]
    public async Task RunAsync_NotAProgram_SaysSo()
    {
        string file = Path.Combine(_folder, "tool");
        await File.WriteAllTextAsync(file, "no program");
        // The sentences in the middle are .NET's and the operating system's.
        await Assert.ThatAsync(
            () => new ToolRunner().RunAsync(Shell("") with { Executable = file }, CancellationToken.None),
            Throws.TypeOf<ToolException>().With.Message.EqualTo(
                $"test tool: {file} cannot be started in {_folder}: An error occurred trying to start process '{file}' with working directory '{_folder}'. "
                + "Permission denied. Check the file and the folder."));
    }

    [Test]
    public void KnownTool_Verilator_NamesItsPackage() =>
        Assert.That(KnownTool.Find("verilator")?.Install, Is.EqualTo("apt-get install verilator"));

    private ToolCommand Shell(string script, params string[] arguments) => new()
    {
        Name = "test tool",
        Executable = "sh",
        Arguments = ["-c", script, "sh", .. arguments],
        WorkingDirectory = _folder,
        TimeLimit = TimeSpan.FromSeconds(30),
        LogPath = Path.Combine(_folder, "logs", "tool.log"),
    };

    // A killed child that nobody has waited for yet is still listed.
    private static bool IsRunning(int processId)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{processId}/stat");
            return !status.Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
