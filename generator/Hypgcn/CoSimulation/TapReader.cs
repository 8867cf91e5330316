using System.Buffers.Binary;
using System.Numerics;

namespace Hypgcn.CoSimulation;

/// <summary>Reads the banks that passed one boundary, in order.</summary>
internal sealed class TapReader : IDisposable
{
    private const int BankChannels = 16;
    private const int HeaderBytes = 6;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private uint _low;

    internal TapReader(string path) => _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    /// <summary>Cycle in which the current bank passed.</summary>
    internal long Cycle { get; private set; }

    /// <summary>Its hot code.</summary>
    internal ushort Hot { get; private set; }

    /// <summary>Its 16 channels, unpacked.</summary>
    internal short[] Values { get; } = new short[BankChannels];

    /// <summary>Goes to the next bank; false at the end.</summary>
    internal bool Read()
    {
        if (!Fill(HeaderBytes))
        {
            return false;
        }

        ReadOnlySpan<byte> header = _buffer.AsSpan(_start, HeaderBytes);
        uint low = BinaryPrimitives.ReadUInt32LittleEndian(header);
        // The file has the low half only; banks come in the order of time.
        Cycle += unchecked(low - _low);
        _low = low;
        Hot = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        _start += HeaderBytes;
        int count = BitOperations.PopCount(Hot);
        if (!Fill(2 * count))
        {
            return false;
        }

        Unpack(_buffer.AsSpan(_start, 2 * count));
        _start += 2 * count;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private void Unpack(ReadOnlySpan<byte> packed)
    {
        Array.Clear(Values);
        for (int hot = Hot; hot != 0; hot &= hot - 1)
        {
            Values[BitOperations.TrailingZeroCount(hot)] = BinaryPrimitives.ReadInt16LittleEndian(packed);
            packed = packed[2..];
        }
    }

    private bool Fill(int bytes)
    {
        if (_end - _start >= bytes)
        {
            return true;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        _end += _file.ReadAtLeast(_buffer.AsSpan(_end), bytes - _end, throwOnEndOfStream: false);
        return _end >= bytes;
    }
}
