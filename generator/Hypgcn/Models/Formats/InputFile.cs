namespace Hypgcn.Models.Formats;

/// <summary>Opens files with messages that say what to do.</summary>
internal static class InputFile
{
    /// <summary>Opens a file that has contents.</summary>
    /// <exception cref="ModelFormatException">It is missing, empty, a folder, a pipe, a device, or not readable.</exception>
    public static FileStream OpenRead(string path)
    {
        if (Directory.Exists(path))
            throw Problem.At(path, "the path is a folder; a file is expected. Name the file.");
        try
        {
            // Opening a pipe waits for its writer and a device never ends; both have no length.
            if (LengthBytes(path) == 0)
                throw Problem.At(path, "the file has 0 bytes; it must be a file with contents, not a pipe or a device. Check the path.");
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Problem.At(path, "the file does not exist; it must be there to be read. Check the path.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Problem.At(path, $"the file cannot be opened ({Problem.Shown(e.Message)}); it must be readable. Check the path and its permissions.");
        }
    }

    /// <summary>Opens a file of a kind that is never large.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largestBytes">Most that such a file has.</param>
    /// <param name="kind">What it is, with its article.</param>
    /// <exception cref="ModelFormatException">As for <see cref="OpenRead(string)"/>, or it is larger.</exception>
    public static FileStream OpenRead(string path, int largestBytes, string kind)
    {
        FileStream stream = OpenRead(path);
        if (stream.Length <= largestBytes)
            return stream;
        using (stream)
            throw Problem.At(path, $"the file has {stream.Length} bytes; {kind} has at most {largestBytes}. Check the path.");
    }

    private static long LengthBytes(string path)
    {
        var file = new FileInfo(path);
        return ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length;
    }
}
