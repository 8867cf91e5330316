using System.Numerics;
using System.Text;

namespace Hypgcn.Hardware;

/// <summary>Contents of a read-only memory as <c>$readmemh</c> reads it: one hexadecimal word a line.</summary>
public sealed class MemoryImage
{
    private readonly int _wordBytes;
    private readonly Action<MemoryImage>? _fill;
    private byte[]? _bytes;

    /// <summary>An image of zeros.</summary>
    /// <param name="name">File name without folder, ends in <c>.mem</c>.</param>
    /// <param name="widthBits">Bits of a word.</param>
    /// <param name="depth">Words.</param>
    /// <param name="fill">Puts values in when a word is first asked for: often the size is all that is wanted.</param>
    public MemoryImage(string name, int widthBits, int depth, Action<MemoryImage>? fill = null)
    {
        Name = name;
        WidthBits = widthBits;
        Depth = depth;
        _wordBytes = (widthBits + 7) / 8;
        _fill = fill;
    }

    /// <summary>File name without folder, ends in <c>.mem</c>.</summary>
    public string Name { get; }

    /// <summary>Bits of a word.</summary>
    public int WidthBits { get; }

    /// <summary>Words.</summary>
    public int Depth { get; }

    /// <summary>Whether the read is registered, so that it may be a block RAM.</summary>
    public bool IsRegistered { get; init; } = true;

    /// <summary>What the contents depend on beside the network: images of one name with the same numbers here are equal.</summary>
    public (int, int, int, bool) Variant { get; init; }

    /// <summary>Bytes of all words, one word after the other, the lowest byte first.</summary>
    private byte[] Bytes
    {
        get
        {
            if (_bytes is null)
            {
                _bytes = new byte[(long)_wordBytes * Depth];
                _fill?.Invoke(this);
            }
            return _bytes;
        }
    }

    /// <summary>Puts a signed or unsigned value into a word.</summary>
    /// <param name="word">Address.</param>
    /// <param name="offset">Lowest bit.</param>
    /// <param name="bits">Bits taken, 1..64.</param>
    /// <param name="value">Must fit into <paramref name="bits"/>, signed or unsigned.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place or the value is out of range.</exception>
    public void Set(int word, int offset, int bits, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(word);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(word, Depth);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bits, WidthBits);
        // 2^63 is no long: any value that is not negative fits 63 bits.
        if (bits < 64 && (value < -(1L << (bits - 1)) || (bits < 63 && value >= 1L << bits)))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name}: does not fit {bits} bits");
        }
        var bytes = Bytes;
        for (var bit = 0; bit < bits;)
        {
            var at = ((long)word * _wordBytes) + ((offset + bit) / 8);
            var shift = (offset + bit) % 8;
            var take = Math.Min(8 - shift, bits - bit);
            var mask = ((1 << take) - 1) << shift;
            var part = (int)((value >> bit) & ((1L << take) - 1)) << shift;
            bytes[at] = (byte)((bytes[at] & ~mask) | part);
            bit += take;
        }
    }

    /// <summary>A signed value out of a word.</summary>
    /// <param name="word">Address.</param>
    /// <param name="offset">Lowest bit.</param>
    /// <param name="bits">Bits, 1..32.</param>
    public int Get(int word, int offset, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bits, WidthBits);
        var bytes = Bytes;
        long value = 0;
        for (var bit = 0; bit < bits;)
        {
            var shift = (offset + bit) % 8;
            var take = Math.Min(8 - shift, bits - bit);
            var part = bytes[((long)word * _wordBytes) + ((offset + bit) / 8)] >> shift;
            value |= (long)(part & ((1 << take) - 1)) << bit;
            bit += take;
        }
        return (int)(value << (64 - bits) >> (64 - bits));
    }

    /// <summary>Puts <paramref name="values"/> side by side, the first in the lowest bits.</summary>
    public void SetLanes(int word, int bits, ReadOnlySpan<int> values)
    {
        for (var lane = 0; lane < values.Length; lane++)
        {
            Set(word, lane * bits, bits, values[lane]);
        }
    }

    /// <summary>The words' bits, turned: word n of a column is bit n % 64 of its place n / 64.</summary>
    /// <returns>By bit of a word.</returns>
    public ulong[][] Columns()
    {
        var bytes = Bytes;
        var columns = new ulong[WidthBits][];
        for (var column = 0; column < WidthBits; column++)
        {
            columns[column] = new ulong[(Depth + 63) / 64];
        }
        for (var at = 0; at < bytes.Length; at++)
        {
            var (word, column) = (at / _wordBytes, 8 * (at % _wordBytes));
            for (var bits = (uint)bytes[at]; bits != 0; bits &= bits - 1)
            {
                columns[column + BitOperations.TrailingZeroCount(bits)][word / 64] |= 1UL << (word % 64);
            }
        }
        return columns;
    }

    /// <summary>The text of the file, lower-case hexadecimal.</summary>
    public string ToText()
    {
        const string digits = "0123456789abcdef";
        var nibbles = (WidthBits + 3) / 4;
        var bytes = Bytes;
        var text = new StringBuilder(Depth * (nibbles + 1));
        for (var word = 0; word < Depth; word++)
        {
            for (var nibble = nibbles - 1; nibble >= 0; nibble--)
            {
                var value = bytes[((long)word * _wordBytes) + (nibble / 2)];
                text.Append(digits[nibble % 2 == 0 ? value & 15 : value >> 4]);
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}
