using System.Runtime.CompilerServices;

namespace Hypgcn.Reference;

/// <summary>Constant values whose address stays, for as long as this object lives.</summary>
internal sealed unsafe class PinnedArray<T> where T : unmanaged
{
    private readonly T[] _values;

    public PinnedArray(ReadOnlySpan<T> values)
    {
        _values = GC.AllocateUninitializedArray<T>(Math.Max(1, values.Length), pinned: true);
        values.CopyTo(_values);
        Length = values.Length;
        Start = (T*)Unsafe.AsPointer(ref _values[0]);
    }

    public int Length { get; }

    public T* Start { get; }
}
