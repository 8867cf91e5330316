namespace Hypgcn.CoSimulation;

/// <summary>What <c>doctor</c> knows about one program; path and version are null where it is missing.</summary>
public sealed record ToolVersion(KnownTool Tool, string? Path, string? Version)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Looks a program up and asks it for its version.</summary>
    public static async Task<ToolVersion> ReadAsync(KnownTool tool, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tool);
        if (ToolLocator.Find(tool.Name) is not string path)
        {
            return new ToolVersion(tool, null, null);
        }

        string log = System.IO.Path.GetTempFileName();
        string? version = null;
        try
        {
            await new ToolRunner().RunAsync(
                new ToolCommand
                {
                    Name = $"version of {tool.Name}",
                    Executable = path,
                    Arguments = tool.VersionArguments,
                    WorkingDirectory = System.IO.Path.GetTempPath(),
                    TimeLimit = TimeLimit,
                    LogPath = log,
                    OnLine = line => version ??= string.IsNullOrWhiteSpace(line) ? null : line.Trim(),
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException problem)
        {
            version = $"does not run: {problem.Message}";
        }
        finally
        {
            File.Delete(log);
        }

        return new ToolVersion(tool, path, version);
    }
}
