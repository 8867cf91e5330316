namespace Hypgcn.CoSimulation;

/// <summary>What <c>doctor</c> knows about one program.</summary>
/// <param name="Tool">The program.</param>
/// <param name="Path">Full path; null where it is missing.</param>
/// <param name="Version">The first line that it prints about itself; null where it is missing or does not run.</param>
/// <param name="Problem">Why it does not run; null where it runs or is missing.</param>
public sealed record ToolVersion(KnownTool Tool, string? Path, string? Version, string? Problem)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is there and runs.</summary>
    public bool IsUsable => Path is not null && Problem is null;

    /// <summary>Looks a program up and asks it for its version.</summary>
    public static async Task<ToolVersion> ReadAsync(KnownTool tool, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tool);
        if (ToolLocator.Find(tool.Name) is not string path)
        {
            return new ToolVersion(tool, null, null, null);
        }

        string log = System.IO.Path.GetTempFileName();
        try
        {
            string? version = null;
            ToolCommand command = Command(tool, path, log) with
            {
                OnLine = line => version ??= string.IsNullOrWhiteSpace(line) ? null : line.Trim(),
            };
            await new ToolRunner().RunAsync(command, cancellationToken).ConfigureAwait(false);
            return new ToolVersion(tool, path, version ?? "of unknown version", null);
        }
        catch (ToolException problem)
        {
            return new ToolVersion(tool, path, null, problem.Message);
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static ToolCommand Command(KnownTool tool, string path, string log) => new()
    {
        Name = $"version of {tool.Name}",
        Executable = path,
        Arguments = tool.VersionArguments,
        WorkingDirectory = System.IO.Path.GetTempPath(),
        TimeLimit = TimeLimit,
        LogPath = log,
    };
}
