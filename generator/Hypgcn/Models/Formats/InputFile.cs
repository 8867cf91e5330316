namespace Hypgcn.Models.Formats;

/// <summary>Opens files with messages that say what to do.</summary>
internal static class InputFile
{
    public static FileStream OpenRead(string path)
    {
        if (Directory.Exists(path))
            throw Problem.At(path, "the path is a folder; a file is expected. Name the file.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Problem.At(path, "the file does not exist; it must be there to be read. Check the path.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Problem.At(path, $"the file cannot be opened ({Problem.Shown(e.Message)}); it must be readable. Check its permissions.");
        }
    }
}
