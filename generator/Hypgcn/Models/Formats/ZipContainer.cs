using System.IO.Compression;

namespace Hypgcn.Models.Formats;

/// <summary>Reads entries of a zip into memory: nothing is ever unpacked to disk, sizes are bounded, checksums checked.</summary>
internal sealed class ZipContainer : IDisposable
{
    private const int MostEntries = 200_000;
    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly ReadBudget _budget;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads the directory; the container owns <paramref name="stream"/>.</summary>
    public ZipContainer(string path, Stream stream, ReadBudget budget)
    {
        _path = path;
        _budget = budget;
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false);
            if (_archive.Entries.Count > MostEntries)
                throw Problem.At(path, $"the archive has {_archive.Entries.Count} entries; at most {MostEntries} are read. Check where the file comes from.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or OverflowException)
        {
            stream.Dispose();
            throw Problem.At(path, $"the zip directory cannot be read; the file is truncated or corrupt. Copy or save it again.");
        }

        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry))
                throw Problem.At(path, $"entry {Problem.Quoted(entry.FullName)} occurs twice; names in an archive are unique. Save the file again.");
        }
    }

    public IReadOnlyCollection<string> Names => _entries.Keys;

    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>The whole entry.</summary>
    public byte[] Read(string name)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
            throw Problem.At(_path, $"entry {Problem.Quoted(name)} is missing; the file is truncated or corrupt. Copy or save it again.");
        if (entry.IsEncrypted)
            throw Problem.At(_path, $"entry {Problem.Quoted(name)} is encrypted; only plain archives are read. Save it without a password.");

        long length = entry.Length;
        _budget.Claim(_path, $"entry {Problem.Quoted(name)}", length);
        if (length > Array.MaxLength)
            throw Problem.At(_path, $"entry {Problem.Quoted(name)} has {length} bytes; an entry has at most {Array.MaxLength}. Split it.");

        try
        {
            return ReadAll(entry, (int)length);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw Problem.At(_path, $"entry {Problem.Quoted(name)} cannot be unpacked; the file is truncated or corrupt. Copy or save it again.");
        }
    }

    public void Dispose() => _archive.Dispose();

    private byte[] ReadAll(ZipArchiveEntry entry, int length)
    {
        using Stream stream = entry.Open();
        // Grow with what really arrives: a declared length is only a claim.
        var bytes = new byte[Math.Min(length, 1 << 20)];
        int filled = 0;
        while (filled < length)
        {
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            int got = stream.Read(bytes, filled, bytes.Length - filled);
            if (got == 0)
                throw new EndOfStreamException();
            filled += got;
        }

        if (stream.ReadByte() >= 0)
            throw new InvalidDataException();
        uint crc = Crc32.Compute(bytes);
        if (crc != entry.Crc32)
        {
            throw Problem.At(_path, $"entry {Problem.Quoted(entry.FullName)} has checksum {crc:x8}, the archive says {entry.Crc32:x8}; the file is corrupt. " +
                "Copy or save it again.");
        }

        return bytes;
    }
}
