namespace Hypgcn.Cycles;

/// <summary>
/// Flow of rfc_fifo.v: memory, head register, output register. A bank goes from the memory into the head when the one before goes on, and
/// from there into the output when that is popped; both may be known ahead of time.
/// </summary>
/// <param name="depth">Banks of the memory.</param>
internal sealed class RfcFifoModel(int depth)
{
    private readonly FifoPlaces _places = new(depth);
    private readonly CycleQueue _pushes = new(); // of banks that wait for the head
    private long _head = long.MaxValue; // cycle in which the bank was read that waits for the output
    private long _lastMove; // from the head to the output
    private long _lastPop;

    /// <summary>From which cycle on there is a bank; <see cref="long.MaxValue"/> where none is known of.</summary>
    public long OutCycle { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on a bank can be pushed; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long ReadyCycle => _places.First;

    /// <summary>A bank is pushed, in this cycle or ahead of it.</summary>
    public void Push(long cycle)
    {
        _places.Take(cycle);
        _pushes.Add(cycle);
        Advance();
    }

    /// <summary>A bank is popped, in this cycle or ahead of it.</summary>
    public void Pop(long cycle)
    {
        (_lastPop, OutCycle) = (cycle, long.MaxValue);
        Advance();
    }

    private void Advance()
    {
        if (_head == long.MaxValue)
        {
            Read();
        }
        if (OutCycle == long.MaxValue && _head != long.MaxValue)
        {
            _lastMove = Math.Max(_head + 1, _lastPop);
            (_head, OutCycle) = (long.MaxValue, _lastMove + 1);
            Read();
        }
    }

    private void Read()
    {
        if (_pushes.First != long.MaxValue)
        {
            _head = Math.Max(_pushes.First + 1, _lastMove);
            _pushes.Take();
            _places.Add(_head + 1);
        }
    }
}
