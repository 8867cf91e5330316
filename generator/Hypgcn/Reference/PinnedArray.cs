using System.Runtime.CompilerServices;

namespace Hypgcn.Reference;

/// <summary>Constant values whose address stays, for as long as this object lives.</summary>
/// <remarks>Kernels pin nothing with <c>fixed</c>: a former version that did crashed in the collector of .NET 10.0.12 in nearly
/// every run, background collection or not, and never with conservative stack scanning (DOTNET_gcConservative=1).</remarks>
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
