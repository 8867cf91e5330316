using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.BadInput;

/// <summary>Damages files: anywhere in their bytes, or behind their checksums and lengths, so that readers get far.</summary>
internal sealed partial class Mutator(Random random)
{
    private static readonly long[] Integers =
        [0, 1, -1, 2, 7, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2", "3", "0.5", "-0.5", "1e3", "1e400", "-1e400", "1E-400", "NaN", "Infinity", "-Infinity", "nan", "inf", "1e38", "1e39", "-3.4e38",
        "65536", "2147483647", "2147483648", "-2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "00", "0x10", "1_0", "+1", "",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "{}", "[]", "[null]", "[[]]", "[-1]", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u001b[2J\\n\"", "\"../../../etc/passwd\"", "\"/dev/zero\"",
        "\"/dev/stdin\"", "\"/\"", "\".\"", "\"\u00fc\u4e2d\"", "[1, 2, 3, 4]", "[0, 0, 0, 0]", "{\"a\": 1}", "\"q8.8\"", "// comment\n1", "1,",
    ];

    private static readonly string[] EntryNames =
        ["../x.npy", "/etc/x.npy", "..\\x.npy", "x\0.npy", ".npy", "", "a/data.pkl", "archive/data.pkl", "l1.gcn1.PA.npy", "L1.GCN1.PA.npy", new('n', 60_000), "\u001b[2J.npy"];

    /// <summary>A damaged copy of a file.</summary>
    public byte[] Damage(string name, byte[] bytes)
    {
        int rounds = 1 + (random.Next(3) == 0 ? random.Next(4) : 0);
        for (int round = 0; round < rounds; round++)
        {
            bytes = (Path.GetExtension(name), random.Next(5)) switch
            {
                (_, 0) => Bytes(bytes),
                (".pt" or ".npz", _) => Archive(bytes),
                (".safetensors", _) => Safetensors(bytes),
                (".npy", 1) => Start(bytes, 128, Bytes),
                (".npy", 2 or 3) => Start(bytes, 128, Number),
                (".npy", _) => Tail(bytes, 128),
                (".json", 1 or 2) => JsonValue(bytes),
                (".json" or ".skeleton", 3) => Line(bytes),
                (".json" or ".skeleton", _) => Number(bytes),
                _ => Bytes(bytes),
            };
        }
        return bytes;
    }

    /// <summary>Any damage to any bytes.</summary>
    private byte[] Bytes(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }
        int at = random.Next(bytes.Length);
        int count = Math.Min(1 + (int)Math.Pow(2, 12 * random.NextDouble() * random.NextDouble()), bytes.Length - at);
        byte[] copy = [.. bytes];
        switch (random.Next(9))
        {
            case 0:
                return bytes[..at];
            case 1 or 2:
                copy[at] ^= (byte)(1 << random.Next(8));
                return copy;
            case 3:
                copy[at] = (byte)random.Next(256);
                return copy;
            case 4:
                var inserted = new byte[count];
                random.NextBytes(inserted);
                return [.. bytes[..at], .. inserted, .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. bytes[(at + count)..]];
            case 6:
                return [.. bytes[..(at + count)], .. bytes[at..]];
            case 7:
                int from = random.Next(bytes.Length - count + 1);
                bytes.AsSpan(from, count).CopyTo(copy.AsSpan(at));
                return copy;
            default:
                return Integer(copy, at);
        }
    }

    /// <summary>A value that lengths and counts go wrong with, in the place of 1, 2, 4 or 8 bytes.</summary>
    private byte[] Integer(byte[] bytes, int at)
    {
        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, Integers[random.Next(Integers.Length)]);
        value[..Math.Min(1 << random.Next(4), bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>Another number in the place of one.</summary>
    private byte[] Number(byte[] bytes) => Replace(bytes, NumberPattern(), Numbers[random.Next(Numbers.Length)]);

    private byte[] JsonValue(byte[] bytes) => random.Next(12) switch
    {
        0 => Replace(bytes, KeyPattern(), "\"" + new string('k', random.Next(1000)) + "\""),
        1 => Replace(bytes, ValuePattern(), string.Concat(Enumerable.Repeat("[", random.Next(200)))),
        2 => Replace(bytes, ValuePattern(), string.Concat(Enumerable.Repeat("{\"a\":", random.Next(200)))),
        3 => [0xEF, 0xBB, 0xBF, .. bytes],
        4 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
        _ => Replace(bytes, ValuePattern(), Values[random.Next(Values.Length)]),
    };

    /// <summary>A line removed, repeated or moved.</summary>
    private byte[] Line(byte[] bytes)
    {
        List<string> lines = [.. Encoding.Latin1.GetString(bytes).Split('\n')];
        int line = random.Next(lines.Count);
        string text = lines[line];
        if (random.Next(2) == 0)
        {
            lines.RemoveAt(line);
        }
        if (random.Next(2) == 0)
        {
            lines.Insert(random.Next(lines.Count + 1), text);
        }
        return Encoding.Latin1.GetBytes(string.Join(random.Next(20) == 0 ? "\r" : "\n", lines));
    }

    /// <summary>Damage behind the lengths and checksums of a zip.</summary>
    private byte[] Archive(byte[] bytes)
    {
        List<(string Name, byte[] Bytes)> entries;
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            entries = [.. zip.Entries.Select(entry => (entry.FullName, Content(entry)))];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or OverflowException or NotSupportedException)
        {
            return Bytes(bytes);
        }
        int pickle = entries.FindIndex(entry => entry.Name.EndsWith("data.pkl", StringComparison.Ordinal));
        int n = pickle >= 0 && random.Next(2) == 0 ? pickle : random.Next(Math.Max(1, entries.Count));
        switch (random.Next(8))
        {
            case 0 when entries.Count > 0:
                entries.RemoveAt(n);
                break;
            case 1 when entries.Count > 0:
                entries.Add(entries[n]);
                break;
            case 2 when entries.Count > 0:
                entries[n] = (EntryNames[random.Next(EntryNames.Length)], entries[n].Bytes);
                break;
            case 3:
                entries.Add((EntryNames[random.Next(EntryNames.Length)], new byte[random.Next(1 << 20)]));
                break;
            case 4 when entries.Count > 0:
                entries[n] = (entries[n].Name, Number(entries[n].Bytes));
                break;
            case 5 when entries.Count > 0:
                entries[n] = (entries[n].Name, Start(entries[n].Bytes, 128, Bytes));
                break;
            default:
                if (entries.Count > 0)
                {
                    entries[n] = (entries[n].Name, Bytes(entries[n].Bytes));
                }
                break;
        }
        return ZipWriter.Write(random.Next(2) == 0 ? CompressionLevel.NoCompression : CompressionLevel.Fastest, [.. entries.Where(entry => entry.Name.Length > 0)]);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Damage to the header, its length made good; or to the values.</summary>
    private byte[] Safetensors(byte[] bytes)
    {
        if (bytes.Length < 8 || BinaryPrimitives.ReadInt64LittleEndian(bytes) is not (> 0 and var length) || length > bytes.Length - 8)
        {
            return Bytes(bytes);
        }
        byte[] header = bytes[8..(8 + (int)length)];
        header = random.Next(4) switch { 0 => JsonValue(header), 1 => Bytes(header), _ => Number(header) };
        byte[] start = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(start, header.Length);
        byte[] values = bytes[(8 + (int)length)..];
        return [.. start, .. header, .. random.Next(3) == 0 ? Bytes(values) : values];
    }

    private static byte[] Start(byte[] bytes, int count, Func<byte[], byte[]> damage)
    {
        count = Math.Min(count, bytes.Length);
        return [.. damage(bytes[..count]), .. bytes[count..]];
    }

    private byte[] Tail(byte[] bytes, int start) => bytes.Length <= start ? bytes : Integer([.. bytes], random.Next(start, bytes.Length));

    private byte[] Replace(byte[] bytes, Regex pattern, string text)
    {
        string whole = Encoding.Latin1.GetString(bytes);
        MatchCollection matches = pattern.Matches(whole);
        if (matches.Count == 0)
        {
            return Bytes(bytes);
        }
        Match match = matches[random.Next(matches.Count)];
        return [.. bytes[..match.Index], .. Encoding.UTF8.GetBytes(text), .. bytes[(match.Index + match.Length)..]];
    }

    [GeneratedRegex(@"-?\d[\d.eE+-]*")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"""[^""]*""(?=\s*:)")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"(?<=[:\[,]\s*)(""[^""]*""|-?\d[\d.]*|true|false|\[[^\[\]]*\])")]
    private static partial Regex ValuePattern();
}
