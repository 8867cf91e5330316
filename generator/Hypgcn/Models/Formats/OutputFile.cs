namespace Hypgcn.Models.Formats;

/// <summary>Writes beside, then renames: no half-written file is ever seen under the final name.</summary>
internal static class OutputFile
{
    public static void Write(string path, Action<Stream> write)
    {
        string staged = path + ".part";
        try
        {
            using (var stream = new FileStream(staged, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                write(stream);
            File.Move(staged, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(staged))
                File.Delete(staged);
            throw new HypgcnException($"{Problem.Shown(path)}: the file cannot be written ({Problem.Shown(e.Message)}); its folder must exist and be writable. Choose another path.", e);
        }
    }
}
