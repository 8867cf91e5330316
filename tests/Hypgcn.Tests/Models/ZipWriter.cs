using System.IO.Compression;

namespace Hypgcn.Tests.Models;

/// <summary>Writes zips entry by entry.</summary>
internal static class ZipWriter
{
    public static byte[] Write(params (string Name, byte[] Bytes)[] entries) => Write(CompressionLevel.NoCompression, entries);

    public static byte[] Write(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
