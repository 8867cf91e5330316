using System.ComponentModel;
using System.Diagnostics;

namespace Hypgcn.Build;

/// <summary>Runs other programs.</summary>
internal static class Commands
{
    /// <summary>Runs a program on this terminal and gives its exit code; 127 where it cannot be started.</summary>
    internal static int Run(string program, IEnumerable<string> arguments, TimeSpan? limit = null)
    {
        using Process? process = Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false });
        return process is null ? 127 : Wait(process, limit);
    }

    /// <summary>Runs a program silently and gives its exit code and everything it printed.</summary>
    internal static (int ExitCode, string Text) Capture(
        string program, IEnumerable<string> arguments, string folder, TimeSpan? limit = null)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process? process = Start(info);
        if (process is null)
        {
            return (127, "");
        }

        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        int exitCode = Wait(process, limit);
        return (exitCode, output.Result + error.Result);
    }

    /// <summary>Builds a project or solution in Release; quiet unless it fails.</summary>
    internal static void Build(string root, string project)
    {
        string[] arguments = ["build", Path.Combine(root, project), "-c", "Release", "-v", "q", "--nologo"];
        (int exitCode, string text) = Capture("dotnet", arguments, root);
        if (exitCode != 0)
        {
            Console.Error.WriteLine(text.Trim());
            throw new BuildException($"{project}: does not build; dotnet build ended with exit code {exitCode}. Read the errors above.");
        }
    }

    private static Process? Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static int Wait(Process process, TimeSpan? limit)
    {
        if (!process.WaitForExit(limit ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return process.ExitCode;
    }
}
