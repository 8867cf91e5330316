using System.IO.Compression;

namespace Hypgcn.Models;

/// <summary>Writes .npz archives that numpy reads: stored, without dates, the same bytes for the same tensors.</summary>
public static class NpzFile
{
    // Zip cannot hold an earlier one, and no real date may enter an output.
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the tensors under their names, in the order given.</summary>
    public static void Write(string path, IEnumerable<Tensor> tensors) => Formats.OutputFile.Write(path, stream =>
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (Tensor tensor in tensors)
        {
            ZipArchiveEntry entry = zip.CreateEntry(tensor.Name + ".npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = NoDate;
            using Stream output = entry.Open();
            NpyFile.Write(output, tensor);
        }
    });
}
