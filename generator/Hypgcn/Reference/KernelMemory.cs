using System.Runtime.InteropServices;

namespace Hypgcn.Reference;

/// <summary>Where features lie while a clip is evaluated; tests put guard pages around every block.</summary>
internal unsafe class KernelMemory
{
    private const nuint Alignment = 64;

    /// <summary>Memory of buffers yet to be made; a buffer goes back to where it came from.</summary>
    public static KernelMemory Current { get; set; } = new();

    /// <summary>A block, its contents undefined.</summary>
    public virtual void* Allocate(nuint bytes) => NativeMemory.AlignedAlloc(bytes, Alignment);

    /// <summary>Takes a block back.</summary>
    public virtual void Free(void* block, nuint bytes) => NativeMemory.AlignedFree(block);
}
