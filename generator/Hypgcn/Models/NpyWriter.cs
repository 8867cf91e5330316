using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Hypgcn.Models;

/// <summary>Writes arrays as .npy.</summary>
public static class NpyWriter
{
    private const int Alignment = 64;

    /// <summary>Writes rows of equal length as [N, L] float64; the file is never seen half-written.</summary>
    /// <exception cref="HypgcnException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(rows);
        var columns = rows.Count == 0 ? 0 : rows[0].Length;
        var bytes = new byte[rows.Count * columns * sizeof(double)];
        foreach (var (value, n) in rows.SelectMany(row => row).Select((value, n) => (value, n)))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(n * sizeof(double)), value);
        }
        var beside = path + ".tmp";
        try
        {
            File.WriteAllBytes(beside, [.. Header(rows.Count, columns), .. bytes]);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HypgcnException($"{path}: the file cannot be written ({e.Message.TrimEnd('.')}); the folder must exist and be writable. Choose another path.", e);
        }
    }

    private static byte[] Header(int rows, int columns)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        byte[] magic = [0x93, .. "NUMPY"u8, 1, 0];
        var length = (magic.Length + 2 + text.Length + 1 + Alignment - 1) / Alignment * Alignment - magic.Length - 2;
        return [.. magic, (byte)(length & 0xFF), (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n")];
    }
}
