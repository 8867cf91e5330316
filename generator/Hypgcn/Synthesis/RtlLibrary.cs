using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Hypgcn.Synthesis;

/// <summary>The Verilog modules of a design folder, one to a file.</summary>
public sealed partial class RtlLibrary
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    private RtlLibrary(string folder) => Folder = Path.GetFullPath(folder);

    /// <summary>Full path of the folder; memory images are relative to it.</summary>
    public string Folder { get; }

    /// <summary>Module names.</summary>
    public IReadOnlyCollection<string> Modules => _texts.Keys;

    /// <summary>The module of the last file: an accelerator's top.</summary>
    public string Top { get; private set; } = "";

    /// <summary>Reads the files of <c>filelist.f</c>.</summary>
    /// <exception cref="HypgcnException">A file is missing or holds no module.</exception>
    public static RtlLibrary Read(string folder)
    {
        var list = Path.Combine(folder, "filelist.f");
        if (!File.Exists(list))
        {
            throw new HypgcnException($"{folder}: filelist.f is missing; a design folder holds it. Check the path or run hypgcn generate.");
        }
        return FromFiles(folder, File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => Path.Combine(folder, line)));
    }

    /// <summary>Reads Verilog files.</summary>
    /// <param name="folder">Folder of the memory images.</param>
    /// <param name="paths">The files.</param>
    /// <exception cref="HypgcnException">A file is missing or holds no module.</exception>
    public static RtlLibrary FromFiles(string folder, IEnumerable<string> paths)
    {
        var library = new RtlLibrary(folder);
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                throw new HypgcnException($"{path}: the file is missing; filelist.f names it. Run hypgcn generate again.");
            }
            var text = File.ReadAllText(path);
            var header = Header().Match(text);
            if (!header.Success)
            {
                throw new HypgcnException($"{path}: no module; every file of the list holds one. Run hypgcn generate again.");
            }
            library.Top = header.Groups["name"].Value;
            library._texts.Add(library.Top, text);
        }
        return library;
    }

    /// <summary>A module's text.</summary>
    public string Text(string module) => _texts[module];

    /// <summary>Its ports alone, as a black box.</summary>
    internal string Stub(string module) =>
        $"`default_nettype none\n(* blackbox *)\n{Header().Match(_texts[module]).Value}\nendmodule\n`default_nettype wire\n";

    /// <summary>The module under another name, which its black box leaves free.</summary>
    internal string Renamed(string module) => Header().Replace(_texts[module], match => match.Value.Replace($"module {module}", $"module {RealName(module)}", StringComparison.Ordinal), 1);

    /// <summary>Name of a module that is synthesised.</summary>
    internal static string RealName(string module) => $"synth_{module}";

    /// <summary>Modules that a text names.</summary>
    internal IEnumerable<string> Named(string module) => Words().Matches(_texts[module]).Select(match => match.Value)
        .Where(word => word != module && _texts.ContainsKey(word)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Whether a module reads memory images itself; others only hand their names on.</summary>
    internal bool ReadsImages(string module) => _texts[module].Contains("$readmemh", StringComparison.Ordinal);

    /// <summary>A name for everything that a module's synthesis depends on.</summary>
    internal string Hash(ModuleConfiguration configuration, string settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length}\0{text}"));
        Add(settings);
        Add(configuration.Text);
        Add(_texts[configuration.Name]);
        foreach (var child in Named(configuration.Name))
        {
            Add(Stub(child));
        }
        if (ReadsImages(configuration.Name))
        {
            foreach (var image in configuration.Parameters.Values.Where(value => value.StartsWith('"')))
            {
                Add(File.ReadAllText(Path.Combine(Folder, image.Trim('"'))));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    [GeneratedRegex(@"^module (?<name>\w+)\b.*?^\);", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Header();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Words();
}
