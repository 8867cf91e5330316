namespace Hypgcn.Models.Formats;

/// <summary>Reads .npz archives: a zip of NAME.npy.</summary>
internal static class NpzReader
{
    public static Dictionary<string, Tensor> Read(string path, ZipContainer zip, ReadBudget budget)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (string entry in zip.Names.Order(StringComparer.Ordinal))
        {
            if (!entry.EndsWith(".npy", StringComparison.Ordinal))
                throw Problem.At(path, $"entry {Problem.Quoted(entry)} is not an .npy array; an .npz holds only those. Save it with numpy.savez.");
            string name = entry[..^4];
            byte[] bytes = zip.Read(entry);
            using var stream = new MemoryStream(bytes, writable: false);
            tensors.Add(name, NpyReader.Read($"{path}/{entry}", name, stream, bytes.LongLength, budget));
        }

        return tensors;
    }
}
