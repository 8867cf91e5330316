using System.Text;

namespace Hypgcn.Hardware;

/// <summary>Contents of a read-only memory as <c>$readmemh</c> reads it: one hexadecimal word a line.</summary>
public sealed class MemoryImage
{
    private readonly int _wordBytes;
    private readonly Action<MemoryImage>? _fill;
    private readonly Func<ulong[]>? _columns;
    private byte[]? _bytes;

    /// <summary>An image of zeros.</summary>
    /// <param name="name">File name without folder, ends in <c>.mem</c>.</param>
    /// <param name="widthBits">Bits of a word.</param>
    /// <param name="depth">Words.</param>
    /// <param name="fill">Puts values in when a word is first asked for: often the size is all that is wanted.</param>
    /// <param name="columns">Makes the columns where that is quicker without the words; null turns the words.</param>
    public MemoryImage(string name, int widthBits, int depth, Action<MemoryImage>? fill = null, Func<ulong[]>? columns = null)
    {
        _columns = columns;
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

    /// <summary>Words up to which it is made of LUTs although its read is registered.</summary>
    public int LutWords { get; init; } = DesignMemory.UsualLutWords;

    /// <summary>Whether it is a block RAM.</summary>
    public bool IsBlockRam => new DesignMemory(Name, WidthBits, Depth, true, IsRegistered, LutWords).IsBlockRam;

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
        if (bits == 8 && offset % 8 == 0)
        {
            bytes[((long)word * _wordBytes) + (offset / 8)] = unchecked((byte)value);
            return;
        }
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

    /// <summary>Places of a column: 64 words each.</summary>
    public int ColumnPlaces => (Depth + 63) / 64;

    /// <summary>The words' bits, turned: word n of a column is bit n % 64 of its place n / 64.</summary>
    /// <returns>The places of the words' lowest bit, then those of the next.</returns>
    public ulong[] Columns()
    {
        if (_columns is not null)
        {
            return _columns();
        }
        var bytes = Bytes;
        var places = ColumnPlaces;
        var columns = new ulong[WidthBits * places];
        for (var first = 0; first < Depth; first += 8)
        {
            var words = Math.Min(8, Depth - first);
            for (var n = 0; n < _wordBytes; n++)
            {
                var square = 0UL;
                for (var word = 0; word < words; word++)
                {
                    square |= (ulong)bytes[((first + word) * _wordBytes) + n] << (8 * word);
                }
                if (square == 0)
                {
                    continue;
                }
                square = Transposed(square);
                for (var bit = 0; bit < Math.Min(8, WidthBits - (8 * n)); bit++)
                {
                    columns[(((8 * n) + bit) * places) + (first / 64)] |= ((square >> (8 * bit)) & 0xff) << (first % 64);
                }
            }
        }
        return columns;
    }

    // Bit 8 i + j goes to 8 j + i: blocks of one, two and four bits change places.
    private static ulong Transposed(ulong square)
    {
        var swap = (square ^ (square >> 7)) & 0x00aa00aa00aa00aa;
        square ^= swap ^ (swap << 7);
        swap = (square ^ (square >> 14)) & 0x0000cccc0000cccc;
        square ^= swap ^ (swap << 14);
        swap = (square ^ (square >> 28)) & 0x00000000f0f0f0f0;
        return square ^ swap ^ (swap << 28);
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
