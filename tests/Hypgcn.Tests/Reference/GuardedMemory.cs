using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Reference;

/// <summary>Every block touches an inaccessible page: at its end or at its start, by turns. Freed blocks become inaccessible.</summary>
/// <remarks>A stray access ends the process with a fault at once. Contents are undefined at first, so they are filled with noise.</remarks>
internal sealed unsafe partial class GuardedMemory : KernelMemory, IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly nuint _page = (nuint)Environment.SystemPageSize;
    private readonly ConcurrentDictionary<nint, (nint Map, nuint Bytes)> _live = new();
    private readonly ConcurrentQueue<(nint Map, nuint Bytes)> _dead = new();
    private int _turn;

    public int Allocated { get; private set; }

    public int Live => _live.Count;

    public override void* Allocate(nuint bytes)
    {
        var inner = (bytes + _page - 1) / _page * _page;
        var map = MMap(0, inner + 2 * _page, 0, PrivateAnonymous, -1, 0);
        Assert.That(map, Is.Not.EqualTo((nint)(-1)), "mmap");
        var start = (byte*)map + _page;
        Assert.That(MProtect((nint)start, inner, ReadWrite), Is.Zero, "mprotect");
        if ((Interlocked.Increment(ref _turn) & 1) == 0)
        {
            start += inner - bytes;
        }
        new Span<byte>(start, (int)bytes).Fill(0xA5);
        _live[(nint)start] = (map, inner + 2 * _page);
        Allocated++;
        return start;
    }

    public override void Free(void* block, nuint bytes)
    {
        Assert.That(_live.TryRemove((nint)block, out var owner), "freed twice");
        _ = MProtect(owner.Map, owner.Bytes, 0);
        _dead.Enqueue(owner);
        // Addresses of the last blocks stay taken, so that a late access hits nothing else.
        while (_dead.Count > 256 && _dead.TryDequeue(out var old))
        {
            _ = MUnmap(old.Map, old.Bytes);
        }
    }

    public void Dispose()
    {
        foreach (var (map, bytes) in _dead.Concat(_live.Values))
        {
            _ = MUnmap(map, bytes);
        }
        _dead.Clear();
        _live.Clear();
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MProtect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MUnmap(nint address, nuint length);
}
