using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Reads class labels: .npy integers, or 2s-AGCN's .pkl, a tuple of (sample names, labels).</summary>
public static class LabelFile
{
    /// <returns>One class index per clip, 0 or more.</returns>
    /// <exception cref="ModelFormatException">The file is missing, corrupt, or holds something else.</exception>
    public static int[] Read(string path)
    {
        long[] labels = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => FromArray(path),
            ".pkl" => FromPickle(path),
            var other => throw Problem.At(path, $"the extension is {Problem.Quoted(other)}; labels are .npy or .pkl. Rename or convert the file."),
        };
        int bad = Array.FindIndex(labels, x => x is < 0 or > int.MaxValue);
        if (bad >= 0)
            throw Problem.At(path, $"label {bad} is {labels[bad]}; a label is a class index, 0 or more. Repair the file.");
        return Array.ConvertAll(labels, x => (int)x);
    }

    private static long[] FromArray(string path)
    {
        Tensor tensor = TensorFile.Read(path)[""];
        return tensor is { IsInteger: true, Shape.Count: 1 }
            ? tensor.ToIntegers()
            : throw Problem.At(path, $"the array has shape {tensor.ShapeLabel} of {(tensor.IsInteger ? "integers" : "floats")}; labels are [N] of integers. Convert it with numpy.");
    }

    private static long[] FromPickle(string path)
    {
        object? value = PickleReader.Read(path, ReadAll(path), new LabelGlobals());
        object?[]? pair = value switch { PickleTuple t => t.Items, PickleList l => [.. l.Items], _ => null };
        if (pair is not [_, PickleList list] || list.Items.Exists(x => x is not long))
            throw Problem.At(path, "the pickle is not 2s-AGCN's tuple of (sample names, labels); labels are a list of integers. Save them as an .npy array instead.");
        return [.. list.Items.Select(x => (long)x!)];
    }

    private static byte[] ReadAll(string path)
    {
        using FileStream stream = InputFile.OpenRead(path, 32 << 20, "a label file");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
