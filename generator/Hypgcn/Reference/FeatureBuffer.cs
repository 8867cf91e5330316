using System.Runtime.InteropServices;

namespace Hypgcn.Reference;

/// <summary>Features outside the collector's heap, aligned to a vector, all zero at first.</summary>
internal sealed unsafe class FeatureBuffer : IDisposable
{
    private const nuint Alignment = 64;
    private short* _values;

    public FeatureBuffer(int length)
    {
        Length = length;
        _values = (short*)NativeMemory.AlignedAlloc((nuint)length * sizeof(short), Alignment);
        NativeMemory.Clear(_values, (nuint)length * sizeof(short));
    }

    ~FeatureBuffer() => Free();

    public int Length { get; }

    public short* Start => _values;

    /// <summary>Valid until the buffer is disposed of.</summary>
    public Span<short> Values => new(_values, Length);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_values);
        _values = null;
    }
}
