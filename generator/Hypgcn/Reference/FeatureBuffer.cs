using System.Runtime.InteropServices;

namespace Hypgcn.Reference;

/// <summary>Features outside the collector's heap, aligned to a vector, all zero at first.</summary>
/// <remarks>It has no finalizer, so that nothing but <see cref="Dispose"/> ends the life of the addresses it hands out.</remarks>
internal sealed unsafe class FeatureBuffer : IDisposable
{
    private readonly KernelMemory _memory = KernelMemory.Current;
    private short* _values;

    public FeatureBuffer(int length)
    {
        Length = length;
        _values = (short*)_memory.Allocate((nuint)length * sizeof(short));
        NativeMemory.Clear(_values, (nuint)length * sizeof(short));
    }

    public int Length { get; }

    /// <summary>Valid until the buffer is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">It is.</exception>
    public short* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_values is null, this);
            return _values;
        }
    }

    /// <summary>Valid until the buffer is disposed of.</summary>
    public Span<short> Values => new(Start, Length);

    /// <summary>A copy of its own.</summary>
    public FeatureBuffer Clone()
    {
        var clone = new FeatureBuffer(Length);
        Values.CopyTo(clone.Values);
        return clone;
    }

    public void Dispose()
    {
        if (_values is not null)
        {
            _memory.Free(_values, (nuint)Length * sizeof(short));
            _values = null;
        }
    }
}
