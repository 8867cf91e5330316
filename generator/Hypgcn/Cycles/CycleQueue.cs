namespace Hypgcn.Cycles;

/// <summary>
/// Cycles in which something comes out of a pipeline or can be seen behind a FIFO, the earliest first. Nothing needs to be done
/// until then. Cycles one after another are kept as one run.
/// </summary>
internal sealed class CycleQueue
{
    private (long Cycle, int Count)[] _runs = new (long, int)[4]; // behind the first
    private int _front;
    private int _count;
    private long _end; // the cycle after the last

    /// <summary>The earliest; <see cref="long.MaxValue"/> where there is none.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>How many there are in the earliest cycle and in those right after it, one in each.</summary>
    public int Run { get; private set; }

    /// <summary>Adds a cycle and those right after it; none is before any other that was added.</summary>
    public void Add(long cycle, int count = 1)
    {
        if (Run == 0)
        {
            (First, Run) = (cycle, count);
        }
        else if (cycle != _end)
        {
            Append(cycle, count);
        }
        else if (_count == 0)
        {
            Run += count;
        }
        else
        {
            _runs[(_front + _count - 1) & (_runs.Length - 1)].Count += count;
        }
        _end = cycle + count;
    }

    /// <summary>Removes the earliest.</summary>
    /// <param name="count">How many of its run.</param>
    public void Take(int count = 1)
    {
        (First, Run) = (First + count, Run - count);
        if (Run > 0)
        {
            return;
        }
        if (_count == 0)
        {
            First = long.MaxValue;
            return;
        }
        (First, Run) = _runs[_front];
        _front = (_front + 1) & (_runs.Length - 1);
        _count--;
    }

    /// <summary>Removes those before a cycle; returns how many.</summary>
    public int TakeBefore(long cycle)
    {
        var taken = 0;
        while (First < cycle)
        {
            var count = (int)Math.Min(Run, cycle - First);
            taken += count;
            Take(count);
        }
        return taken;
    }

    private void Append(long cycle, int count)
    {
        if (_count == _runs.Length)
        {
            var more = new (long, int)[2 * _runs.Length];
            for (var n = 0; n < _count; n++)
            {
                more[n] = _runs[(_front + n) & (_runs.Length - 1)];
            }
            (_runs, _front) = (more, 0);
        }
        _runs[(_front + _count++) & (_runs.Length - 1)] = (cycle, count);
    }
}
