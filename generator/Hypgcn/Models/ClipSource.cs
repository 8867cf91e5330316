using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Reads clips from whatever the user has: an .npy, a raw NTU .skeleton file, or a folder of those.</summary>
public static class ClipSource
{
    /// <summary>The clips of a file, or of all .skeleton files of a folder in ordinal order of their names.</summary>
    /// <exception cref="ModelFormatException">The path is missing or of another kind, or a file in it is wrong.</exception>
    public static ClipSet Read(string path)
    {
        if (Directory.Exists(path))
        {
            string[] files = Recordings(path);
            return files.Length > 0
                ? ReadRecordings(files)
                : throw Problem.At(path, "the folder has no .skeleton files; clips are an .npy, a .skeleton file or a folder of those. Check the path.");
        }

        string extension = Path.GetExtension(path).ToLowerInvariant();
        return extension switch
        {
            ".npy" => ClipFile.Read(path),
            ".skeleton" => ReadRecordings([path]),
            _ => throw Problem.At(path, $"the extension is {Problem.Quoted(extension)}; clips are an .npy, a .skeleton file or a folder of those. Convert the file."),
        };
    }

    private static string[] Recordings(string folder)
    {
        try
        {
            return [.. Directory.GetFiles(folder, "*.skeleton").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Problem.At(folder, $"the folder cannot be listed ({Problem.Shown(e.Message)}); it must be readable. Check its permissions.");
        }
    }

    /// <summary>One clip per raw NTU recording, in the order given.</summary>
    /// <exception cref="ModelFormatException">A file is wrong, or holds no body.</exception>
    public static ClipSet ReadRecordings(IReadOnlyList<string> paths)
    {
        // One at a time: a recording is several times larger than its clip.
        var data = new List<float[]>();
        foreach (string path in paths)
            data.Add(NtuPreprocessor.Run([SkeletonFile.Read(path)]).Data);
        return new ClipSet(paths.Count, 3, NtuPreprocessor.DefaultFrames, SkeletonRecording.Joints, NtuPreprocessor.Persons, Concatenate(data));
    }

    private static float[] Concatenate(List<float[]> clips)
    {
        var all = new float[clips.Sum(c => c.Length)];
        int position = 0;
        foreach (float[] clip in clips)
        {
            clip.CopyTo(all, position);
            position += clip.Length;
        }

        return all;
    }
}
