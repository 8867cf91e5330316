using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Reads named tensors: PyTorch .pt/.pth (zip form), .safetensors, .npz and .npy.</summary>
/// <remarks>Nothing in a file is executed or unpacked to disk. Memory is bounded by the file's size, not by what it declares.</remarks>
public static class TensorFile
{
    /// <summary>All tensors of the file, by name; an .npy has one, with an empty name.</summary>
    /// <exception cref="ModelFormatException">The file is missing, unreadable, truncated, corrupt, hostile or of an unknown kind.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        using Stream stream = InputFile.OpenRead(path);
        var budget = new ReadBudget(stream.Length);
        try
        {
            return Read(path, stream, budget);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or OverflowException or OutOfMemoryException)
        {
            throw Problem.At(path, $"the file cannot be read ({Problem.Shown(e.Message)}); it is truncated or corrupt. Copy or save it again.");
        }
    }

    private static IReadOnlyDictionary<string, Tensor> Read(string path, Stream stream, ReadBudget budget)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        Span<byte> start = stackalloc byte[4];
        int got = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        stream.Position = 0;
        // Zip: local header "PK\3\4", or "PK\5\6" where it is empty.
        bool isZip = got == 4 && start[0] == 'P' && start[1] == 'K' && start[2] is 3 or 5;
        switch (extension)
        {
            case ".pt" or ".pth" or ".ckpt" or ".tar":
                if (!isZip)
                    throw NotZip(path, start[..got]);
                using (var zip = new ZipContainer(path, stream, budget))
                    return PyTorchReader.Read(path, zip, budget);
            case ".npz":
                if (!isZip)
                    throw Problem.At(path, "the file does not start as a zip; an .npz is one. It is truncated or corrupt: copy or save it again.");
                using (var zip = new ZipContainer(path, stream, budget))
                    return NpzReader.Read(path, zip, budget);
            case ".npy":
                return new Dictionary<string, Tensor>(StringComparer.Ordinal) { [""] = NpyReader.Read(path, "", stream, stream.Length, budget) };
            case ".safetensors":
                return SafetensorsReader.Read(path, stream, budget);
            default:
                throw Problem.At(path, $"the extension is {Problem.Quoted(extension)}; .pt, .pth, .safetensors, .npz and .npy are read. Rename or convert the file.");
        }
    }

    private static ModelFormatException NotZip(string path, ReadOnlySpan<byte> start) =>
        // Protocol 2 pickle of the magic number, or the tar of 2016.
        start is [0x80, 2, 0x8a, ..] || Path.GetExtension(path).Equals(".tar", StringComparison.OrdinalIgnoreCase)
            ? PyTorchReader.LegacyFile(path)
            : Problem.At(path, "the file does not start as a zip; a PyTorch checkpoint is one. It is truncated or corrupt: copy or save it again.");
}
