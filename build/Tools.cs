namespace Hypgcn.Build;

/// <summary>The external tools and the Debian packages that hold them.</summary>
internal static class Tools
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(15);

    /// <summary>Installs what is missing where that needs no password, and otherwise says how.</summary>
    /// <returns>Whether all are there now.</returns>
    internal static bool Install(IReadOnlyList<string> tools)
    {
        string[] missing = [.. tools.Where(tool => !IsFound(tool))];
        if (missing.Length == 0)
        {
            return true;
        }

        string names = string.Join(' ', missing.Select(Package));
        if (!IsFound("apt-get") || AsRoot() is not string[] prefix)
        {
            Console.Error.WriteLine($"build: missing: {names}; they must be in PATH. Install them: sudo apt-get install {names}");
            return false;
        }

        Console.Error.WriteLine($"build: installing {names}");
        AptGet(prefix, ["update", "-qq"]);
        AptGet(prefix, ["install", "-y", "-qq", "--no-install-recommends", .. missing.Select(Package)]);
        string[] left = [.. missing.Where(tool => !IsFound(tool))];
        if (left.Length > 0)
        {
            string packages = string.Join(' ', left.Select(Package));
            Console.Error.WriteLine($"build: could not install: {packages}. Install them: apt-get install {packages}");
        }

        return left.Length == 0;
    }

    private static void AptGet(string[] prefix, string[] arguments)
    {
        string[] line = [.. prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", .. arguments];
        (int exitCode, string text) = Commands.Capture(line[0], line[1..], Path.GetTempPath(), TimeLimit);
        if (exitCode != 0)
        {
            Console.Error.WriteLine(text.Trim());
        }
    }

    private static string[]? AsRoot()
    {
        if (Environment.IsPrivilegedProcess)
        {
            return [];
        }

        return IsFound("sudo") && Commands.Capture("sudo", ["-n", "true"], Path.GetTempPath()).ExitCode == 0
            ? ["sudo", "-n"]
            : null;
    }

    // All others have their program's name.
    private static string Package(string tool) => tool switch
    {
        "tclsh" => "tcl",
        "clang++" => "clang",
        _ => tool,
    };

    private static bool IsFound(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
