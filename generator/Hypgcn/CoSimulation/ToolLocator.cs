namespace Hypgcn.CoSimulation;

/// <summary>Finds programs in PATH.</summary>
public static class ToolLocator
{
    /// <summary>Full path of a program, or null.</summary>
    /// <param name="executable">A name that is looked up in PATH, or a path.</param>
    public static string? Find(string executable)
    {
        if (executable.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(executable))
        {
            return File.Exists(executable) ? Path.GetFullPath(executable) : null;
        }

        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat", ""] : [""];
        return (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, executable + ending)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Full path of a program.</summary>
    /// <exception cref="ToolException">It is not there; the message says how to install it.</exception>
    public static string Require(string executable) => Find(executable)
        ?? throw new ToolException(
            $"{executable}: the program is not found; it must be in PATH. {InstallHint(executable)}.");

    private static string InstallHint(string executable) => KnownTool.Find(executable) is KnownTool tool
        ? $"Install it: {tool.Install}"
        : "Check the path or install the program";
}
