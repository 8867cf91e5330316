using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hypgcn.CoSimulation;

/// <summary>The texts a simulation is built from: the files of <c>filelist_sim.f</c>, <c>ports.h</c> and the harness.</summary>
internal sealed partial class DesignSources
{
    private const string SimulationList = "filelist_sim.f";
    private const string Ports = "cosim/ports.h";

    private readonly string _folder;
    private readonly SortedDictionary<string, byte[]> _harness = new(StringComparer.Ordinal);
    private readonly List<(string Path, byte[] Content)> _verilog = [];
    private readonly List<(string Path, byte[] Content)> _waivers = [];

    private DesignSources(string folder) => _folder = folder;

    /// <summary>Relative paths of the Verilog files, in the order of the list.</summary>
    internal IReadOnlyList<string> Verilog => [.. _verilog.Select(file => file.Path)];

    /// <summary>Relative paths of the files with lint waivers, in ordinal order.</summary>
    internal IReadOnlyList<string> Waivers => [.. _waivers.Select(file => file.Path)];

    /// <summary>Names of the harness files that are compiled.</summary>
    internal IReadOnlyList<string> HarnessSources =>
        [.. _harness.Keys.Where(name => name.EndsWith(".cpp", StringComparison.Ordinal))];

    /// <summary>Reads everything.</summary>
    /// <exception cref="HypgcnException">A file is missing.</exception>
    internal static DesignSources Read(string folder, string harnessFolder)
    {
        var sources = new DesignSources(folder);
        foreach (string path in ReadList(folder, SimulationList))
        {
            sources._verilog.Add((path, ReadFile(folder, path)));
        }

        foreach (string name in WaiverNames(folder))
        {
            sources._waivers.Add((name, ReadFile(folder, name)));
        }

        foreach (string path in Directory.EnumerateFiles(harnessFolder).Where(path => Path.GetExtension(path) is ".h" or ".cpp"))
        {
            sources._harness.Add(Path.GetFileName(path), File.ReadAllBytes(path));
        }

        sources._harness["ports.h"] = ReadFile(folder, Ports);
        return sources;
    }

    /// <summary>Paths of the lint waivers of a design folder, in ordinal order.</summary>
    internal static IReadOnlyList<string> WaiverNames(string folder) => Directory.Exists(Path.Combine(folder, "lint"))
        ? [.. Directory.GetFiles(Path.Combine(folder, "lint"), "*.vlt").Select(path => $"lint/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The paths in a file list, without comments and blank lines.</summary>
    /// <exception cref="HypgcnException">The list is missing.</exception>
    internal static IReadOnlyList<string> ReadList(string folder, string name) =>
        [.. Encoding.UTF8.GetString(ReadFile(folder, name)).Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#' && !line.StartsWith("//", StringComparison.Ordinal))];

    /// <summary>A missing memory image is only a warning to simulators, which go on with anything in the memory.</summary>
    /// <exception cref="HypgcnException">Images that the Verilog names are not there; all of them are listed.</exception>
    internal void CheckMemoryImages()
    {
        string[] missing =
        [
            .. _verilog.SelectMany(file => MemoryImage().Matches(Encoding.UTF8.GetString(file.Content)))
                .Select(match => match.Groups[1].Value)
                .Distinct(StringComparer.Ordinal)
                .Where(path => !File.Exists(Path.Combine(_folder, path))),
        ];
        if (missing.Length > 0)
        {
            throw new HypgcnException(
                $"{_folder}: {missing.Length} memory image(s) are missing: {string.Join(", ", missing.Take(5))}; "
                    + "the Verilog reads them when it starts. Generate the design again.");
        }
    }

    /// <summary>Copies everything into a folder, so that the build sees exactly what was hashed and no path outside it.</summary>
    internal void CopyTo(string folder)
    {
        foreach ((string path, byte[] content) in _verilog.Concat(_waivers))
        {
            Write(Path.Combine(folder, path), content);
        }

        foreach ((string name, byte[] content) in _harness)
        {
            Write(Path.Combine(folder, "harness", name), content);
        }
    }

    /// <summary>A name for these texts and a few strings; memory images do not count, they are read at run time.</summary>
    internal string Hash(IEnumerable<string> settings) => Hash(settings, _verilog.Concat(_waivers).Concat(Harness));

    /// <summary>A name for the harness, as far as it is the same for all designs, and a few strings.</summary>
    internal string HarnessHash(IEnumerable<string> settings) => Hash(settings, Harness.Where(file => !file.Path.EndsWith("/ports.h", StringComparison.Ordinal)));

    private IEnumerable<(string Path, byte[] Content)> Harness => _harness.Select(file => ("harness/" + file.Key, file.Value));

    private static string Hash(IEnumerable<string> settings, IEnumerable<(string Path, byte[] Content)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string setting in settings)
        {
            Append(hash, "setting", Encoding.UTF8.GetBytes(setting));
        }

        foreach ((string path, byte[] content) in files)
        {
            Append(hash, path, content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static void Append(IncrementalHash hash, string name, byte[] content)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{content.Length}\0"));
        hash.AppendData(content);
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static byte[] ReadFile(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new HypgcnException(
                $"{folder}: {name} is missing; a design folder holds it. Check the path or generate the design again.");
    }

    [GeneratedRegex("\"(mem/[^\"\\n]+)\"")]
    private static partial Regex MemoryImage();
}
