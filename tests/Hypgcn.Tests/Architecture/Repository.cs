using System.Diagnostics;

namespace Hypgcn.Tests.Architecture;

/// <summary>The files that are tested as text.</summary>
internal static class Repository
{
    /// <summary>The folder with Hypgcn.slnx, above the test assembly.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Relative paths of the C# files of the library.</summary>
    internal static IEnumerable<string> LibrarySources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "generator", "Hypgcn"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    /// <summary>Relative paths of the files in git that are there; the test is skipped where there is no git.</summary>
    internal static IReadOnlyList<string> TrackedFiles()
    {
        try
        {
            using Process git = Process.Start(
                new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
            string names = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            if (git.ExitCode == 0)
            {
                return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(name => File.Exists(Path.Combine(Root, name)))];
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Reported below, as for a folder that is no clone.
        }

        Assert.Ignore("This is no git clone, or git is not installed.");
        return [];
    }

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hypgcn.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
