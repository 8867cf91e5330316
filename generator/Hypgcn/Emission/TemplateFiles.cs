using System.Collections.Concurrent;

namespace Hypgcn.Emission;

/// <summary>The texts of the templates of one folder, each read once.</summary>
internal sealed class TemplateFiles(string folder)
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Path, relative to the folder, of the partial that a template includes by name.</summary>
    internal static string PartialPath(string name) => $"partials/_{name}.sbn";

    /// <summary>The text at a relative path.</summary>
    /// <exception cref="TemplateException">There is no such file.</exception>
    internal string Read(string path) => _texts.GetOrAdd(path, ReadFile);

    private string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, path));
        }
        catch (IOException problem)
        {
            throw new TemplateException(path, 1, 1, $"the template cannot be read from {folder}: {problem.Message}", problem);
        }
    }
}
