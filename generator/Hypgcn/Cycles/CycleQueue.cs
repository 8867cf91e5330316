using System.Numerics;

namespace Hypgcn.Cycles;

/// <summary>
/// Cycles in which something comes out of a pipeline or can be seen behind a FIFO, the earliest first. Nothing needs to be done
/// until then.
/// </summary>
internal sealed class CycleQueue
{
    private readonly long[] _cycles;
    private readonly int _mask;
    private int _first;
    private int _count;

    /// <param name="most">Entries at a time.</param>
    public CycleQueue(int most)
    {
        _cycles = new long[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, most))];
        _mask = _cycles.Length - 1;
    }

    /// <summary>The earliest; <see cref="long.MaxValue"/> where there is none.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>Adds a cycle that is not before any other.</summary>
    public void Add(long cycle)
    {
        if (_count > _mask)
        {
            throw new InvalidOperationException("More than fits.");
        }
        First = _count == 0 ? cycle : First;
        _cycles[(_first + _count++) & _mask] = cycle;
    }

    /// <summary>Removes the earliest.</summary>
    public void Take()
    {
        _first = (_first + 1) & _mask;
        First = --_count == 0 ? long.MaxValue : _cycles[_first];
    }
}
