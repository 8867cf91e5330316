using System.Xml.Linq;

namespace Hypgcn.Build;

/// <summary>
/// Scriban and CliWrap: tries once per version to bring each into the package cache, because
/// Directory.Build.targets takes what is there and a stand-in otherwise.
/// </summary>
internal sealed class Packages(string root)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    private readonly string _cache = Path.Combine(root, ".cache", "packages");

    /// <summary>One line that says which of each the build uses.</summary>
    internal string Describe()
    {
        XDocument versions = XDocument.Load(Path.Combine(root, "Directory.Packages.props"));
        IEnumerable<string> parts = new[] { "Scriban", "CliWrap" }.Select(name =>
        {
            string version = versions.Descendants($"{name}Version").Single().Value;
            return IsAvailable(name, version) ? $"{name} {version}" : $"the stand-in for {name} {version}";
        });
        return $"build: uses {string.Join(" and ", parts)}";
    }

    private bool IsAvailable(string name, string version)
    {
        string id = name.ToLowerInvariant();
        string nuspec = Path.Combine(PackageCache(), id, version, $"{id}.nuspec");
        string attempt = Path.Combine(_cache, $"{id}-{version}.tried");
        if (!File.Exists(nuspec) && !File.Exists(attempt))
        {
            Restore(name, version);
            File.WriteAllText(attempt, "");
        }

        return File.Exists(nuspec);
    }

    private void Restore(string name, string version)
    {
        string folder = Path.Combine(_cache, name);
        Directory.CreateDirectory(folder);
        // Its own empty settings, so that the repository's do not apply to the probe.
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />\n");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />\n");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />\n");
        string project = Path.Combine(folder, "probe.csproj");
        File.WriteAllText(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{name}" Version="[{version}]" /></ItemGroup>
            </Project>
            """);
        Commands.Capture("dotnet", ["restore", project, "-v", "q"], folder, TimeLimit);
    }

    private static string PackageCache() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
