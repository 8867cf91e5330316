namespace Hypgcn.Cycles;

/// <summary>Flow of row_engine.v: loader with two row slots, passes of one non-zero a cycle.</summary>
/// <param name="banks">Banks of a row.</param>
/// <param name="joints">Rows of a frame.</param>
/// <param name="minCycles">Least cycles of a pass.</param>
/// <param name="passes">Passes of a row, by frame of a person.</param>
internal sealed class RowEngineModel(int banks, int joints, int minCycles, int[] passes)
{
    private readonly int[] _slotCycles = new int[2]; // of a pass
    private readonly int[] _slotPasses = new int[2];
    private readonly long[] _slotReady = new long[2]; // from when on banks can be loaded
    private readonly long[] _slotStart = [long.MaxValue, long.MaxValue]; // from when on passes can start
    private int _loadSlot;
    private int _loadBank;
    private int _loadJoint;
    private int _loadFrame;
    private int _slot;
    private int _pass;

    /// <summary>From which cycle on a bank can be taken; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long ReadyCycle => _slotReady[_loadSlot];

    public bool Busy { get; private set; }

    /// <summary>Cycle in which the last value of the pass is issued; it counts while <see cref="Busy"/>.</summary>
    public long EndCycle { get; private set; }

    /// <summary>From which cycle on a pass waits for permission to start.</summary>
    public long PendingCycle => Busy ? long.MaxValue : _slotStart[_slot];

    /// <summary>The pass that would start next is the first of a row.</summary>
    public bool NextRow => _pass == 0;

    /// <summary>The last value of a pass is issued.</summary>
    public bool PassEnd { get; private set; }

    /// <summary>The last value of a row is issued.</summary>
    public bool RowEnd { get; private set; }

    /// <summary>First half of a cycle in which something happens: what ends.</summary>
    public void Evaluate(long cycle)
    {
        PassEnd = Busy && cycle == EndCycle;
        RowEnd = false;
        if (PassEnd)
        {
            Busy = false;
            RowEnd = ++_pass == _slotPasses[_slot];
            if (RowEnd)
            {
                (_slotReady[_slot], _slotStart[_slot]) = (cycle + 1, long.MaxValue);
                (_slot, _pass) = (1 - _slot, 0);
            }
        }
    }

    /// <summary>Second half: starts a pass, given permission; returns whether one starts.</summary>
    public bool Start(long cycle, bool go)
    {
        if (PendingCycle > cycle || !go)
        {
            return false;
        }
        Busy = true;
        EndCycle = cycle + _slotCycles[_slot];
        return true;
    }

    /// <summary>A bank is taken; returns whether a row is complete with it, which needs <see cref="Complete"/>.</summary>
    public bool Load()
    {
        if (++_loadBank < banks)
        {
            return false;
        }
        _loadBank = 0;
        return true;
    }

    /// <summary>A row is complete.</summary>
    /// <param name="cycle">In which its last bank is taken; it may be ahead of the engine's.</param>
    /// <param name="work">Its non-zeros.</param>
    public void Complete(long cycle, int work)
    {
        (_slotReady[_loadSlot], _slotStart[_loadSlot]) = (long.MaxValue, cycle + 1);
        _slotCycles[_loadSlot] = Math.Max(Math.Max(work, 1), minCycles);
        _slotPasses[_loadSlot] = passes[_loadFrame];
        _loadSlot = 1 - _loadSlot;
        if (++_loadJoint == joints)
        {
            _loadJoint = 0;
            _loadFrame = _loadFrame + 1 == passes.Length ? 0 : _loadFrame + 1;
        }
    }
}
