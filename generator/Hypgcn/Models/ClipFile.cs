using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Reads clips from .npy, [N, 3, T, V, M] in float32: 2s-AGCN's layout.</summary>
public static class ClipFile
{
    /// <exception cref="ModelFormatException">The file is missing, truncated, not such an array, or holds NaN or infinity.</exception>
    public static ClipSet Read(string path)
    {
        using FileStream stream = InputFile.OpenRead(path);
        return Read(path, stream);
    }

    /// <summary>Reads from a stream that can seek; <paramref name="path"/> names it in messages.</summary>
    internal static ClipSet Read(string path, Stream stream)
    {
        try
        {
            NpyHeader header = NpyHeaderReader.Read(path, stream);
            CheckShape(path, header);
            NpyReader.CheckLength(path, header, stream.Length);
            int[] s = header.Shape;
            float[] data = header is { Kind: ElementKind.Float32, BigEndian: false, FortranOrder: false }
                ? ReadSingles(stream, header.Count)
                : Convert(path, stream);
            var clips = new ClipSet(s[0], s[1], s[2], s[3], s[4], data);
            CheckFinite(path, clips);
            return clips;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or OverflowException or OutOfMemoryException)
        {
            throw Problem.At(path, $"the clips cannot be read ({Problem.Shown(e.Message)}); the file must be complete and fit in memory. Copy it again or split it.");
        }
    }

    private static void CheckShape(string path, NpyHeader header)
    {
        int[] s = header.Shape;
        if (s.Length != 5 || s[1] != 3 || s.Any(x => x < 1) || header.Kind is not (ElementKind.Float16 or ElementKind.Float32 or ElementKind.Float64))
        {
            throw Problem.At(path, $"the array has shape {Tensor.ShapeText(s)} of {header.Kind}; clips are [N, 3, T, V, M] of Float32. " +
                "Transpose or convert it with numpy.");
        }
    }

    private static float[] ReadSingles(Stream stream, int count)
    {
        float[] data = GC.AllocateUninitializedArray<float>(count);
        // In pieces: a span of bytes cannot cover more than 2 GiB.
        for (int start = 0; start < count; start += 1 << 20)
            stream.ReadExactly(MemoryMarshal.AsBytes(data.AsSpan(start, Math.Min(1 << 20, count - start))));
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(data.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return data;
    }

    private static float[] Convert(string path, Stream stream)
    {
        stream.Position = 0;
        return NpyReader.Read(path, "", stream, stream.Length, new ReadBudget(stream.Length)).ToSingles();
    }

    private static void CheckFinite(string path, ClipSet clips)
    {
        int bad = Array.FindIndex(clips.Data, x => !float.IsFinite(x));
        if (bad < 0)
            return;
        (int rest, int person) = Math.DivRem(bad, clips.Persons);
        (rest, int joint) = Math.DivRem(rest, clips.Joints);
        (rest, int frame) = Math.DivRem(rest, clips.Frames);
        (int clip, int channel) = Math.DivRem(rest, clips.Channels);
        string value = clips.Data[bad].ToString(CultureInfo.InvariantCulture);
        throw Problem.At(path, $"clip {clip}, channel {channel}, frame {frame}, joint {joint}, person {person} is {value}; all values are finite. Repair or leave out the clip.");
    }
}
