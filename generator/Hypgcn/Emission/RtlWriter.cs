using System.Text;

namespace Hypgcn.Emission;

/// <summary>
/// Writes a design folder: first beside it (<c>name.staging</c>), and in its place only when complete. So a folder
/// is always a whole design: the old one or the new one. Not committing leaves the old one as it was.
/// </summary>
public sealed class RtlWriter : IDisposable
{
    private readonly string _folder;
    private readonly string _staging;
    private readonly string _previous;
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts a design; what an interrupted run left beside it is removed.</summary>
    /// <param name="folder">The folder to make or to replace.</param>
    /// <exception cref="HypgcnException">There is a file of that name, or the place cannot be written.</exception>
    public RtlWriter(string folder)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _staging = _folder + ".staging";
        _previous = _folder + ".previous";
        if (File.Exists(_folder))
        {
            throw new HypgcnException($"{folder}: is a file; the output is a folder. Choose another name or remove the file.");
        }

        Attempt(() =>
        {
            DeleteFolder(_staging);
            Directory.CreateDirectory(_staging);
        });
    }

    /// <summary>The paths written so far, relative to the folder, with '/', in ordinal order.</summary>
    public IReadOnlyList<string> Files => [.. _written.Order(StringComparer.Ordinal)];

    /// <summary>Writes a text file.</summary>
    /// <param name="path">Relative to the folder, with '/'.</param>
    /// <param name="text">Must pass <see cref="GeneratedText.Check"/>.</param>
    /// <exception cref="InvalidOperationException">The text breaks a rule, or the path was written before.</exception>
    /// <exception cref="HypgcnException">The file cannot be written.</exception>
    public void WriteText(string path, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(GeneratedText.Check(path, text));
        Attempt(() => File.WriteAllBytes(Reserve(path), bytes));
    }

    /// <summary>Copies a hand-written text file, which keeps the same rules.</summary>
    /// <param name="path">Relative to the folder, with '/'.</param>
    /// <param name="sourcePath">The file to copy.</param>
    /// <exception cref="InvalidOperationException">As for <see cref="WriteText"/>.</exception>
    /// <exception cref="HypgcnException">A file cannot be read or written.</exception>
    public void CopyText(string path, string sourcePath)
    {
        string text = "";
        Attempt(() => text = File.ReadAllText(sourcePath));
        WriteText(path, text);
    }

    /// <summary>Puts the complete folder in its place.</summary>
    /// <exception cref="HypgcnException">The folder cannot be replaced; the old one is still there.</exception>
    public void Commit() => Attempt(() =>
    {
        DeleteFolder(_previous);
        bool replaces = Directory.Exists(_folder);
        if (replaces)
        {
            Directory.Move(_folder, _previous);
        }

        try
        {
            Directory.Move(_staging, _folder);
        }
        catch when (replaces)
        {
            Directory.Move(_previous, _folder);
            throw;
        }

        DeleteFolder(_previous);
    });

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        try
        {
            DeleteFolder(_staging);
        }
        catch (IOException)
        {
            // The next run removes it.
        }
    }

    private string Reserve(string path)
    {
        string full = Path.GetFullPath(Path.Combine(_staging, path));
        if (!full.StartsWith(_staging + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{path} is outside the design folder.");
        }

        if (!_written.Add(path))
        {
            throw new InvalidOperationException($"{path} is written twice.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HypgcnException(
                $"{_folder}: cannot be written: {problem.Message.TrimEnd('.')}. Check the place and its permissions.", problem);
        }
    }

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
