namespace Hypgcn.Cycles;

/// <summary>Flow of row_engine.v: loader with two row slots, passes of one non-zero a cycle.</summary>
/// <param name="banks">Banks of a row.</param>
/// <param name="joints">Rows of a frame.</param>
/// <param name="minCycles">Least cycles of a pass.</param>
/// <param name="passes">Passes of a row, by frame of a person.</param>
internal sealed class RowEngineModel(int banks, int joints, int minCycles, int[] passes)
{
    private readonly int[] _slotWork = new int[2];
    private readonly int[] _slotPasses = new int[2];
    private readonly bool[] _slotFull = new bool[2];
    private int _loadSlot;
    private int _loadBank;
    private int _loadJoint;
    private int _loadFrame;
    private bool _run;
    private int _slot;
    private int _pass;
    private int _left;
    private bool _load;
    private bool _start;
    private int _nextSlot;
    private int _nextPass;

    /// <summary>A bank is taken in this cycle, if the source has one.</summary>
    public bool Ready => !_slotFull[_loadSlot];

    public bool Busy => _run;

    public bool Waiting { get; private set; }

    /// <summary>A pass starts.</summary>
    public bool PassStart => _start;

    /// <summary>A row starts.</summary>
    public bool RowStart => _start && NextRow;

    /// <summary>The pass that would start next is the first of a row.</summary>
    public bool NextRow => _nextPass == 0;

    /// <summary>The last value of a pass is issued.</summary>
    public bool PassEnd { get; private set; }

    /// <summary>The last value of a row is issued.</summary>
    public bool RowEnd { get; private set; }

    /// <summary>First half of a cycle: what ends and what could start.</summary>
    public void Evaluate()
    {
        PassEnd = _run && _left == 1;
        RowEnd = PassEnd && _pass == _slotPasses[_slot] - 1;
        _nextSlot = RowEnd ? 1 - _slot : _slot;
        _nextPass = RowEnd ? 0 : PassEnd ? _pass + 1 : _pass;
    }

    /// <summary>Second half: whether a pass starts, given permission.</summary>
    public void Decide(bool go, bool valid)
    {
        _start = (!_run || PassEnd) && _slotFull[_nextSlot] && go;
        Waiting = !_run && _slotFull[_slot] && !go;
        _load = valid && Ready;
    }

    /// <summary>Ends the cycle.</summary>
    /// <param name="rowWork">Non-zeros of the row whose last bank is loaded now; read only then.</param>
    public void Commit(Func<int> rowWork)
    {
        if (_run && !PassEnd)
        {
            _left--;
        }
        if (RowEnd)
        {
            _slotFull[_slot] = false;
        }
        (_slot, _pass) = (_nextSlot, _nextPass);
        _run = _start || (_run && !PassEnd);
        if (_start)
        {
            _left = Math.Max(Math.Max(_slotWork[_slot], 1), minCycles);
        }
        if (_load)
        {
            Load(rowWork);
        }
    }

    private void Load(Func<int> rowWork)
    {
        if (++_loadBank < banks)
        {
            return;
        }
        _loadBank = 0;
        _slotWork[_loadSlot] = rowWork();
        _slotPasses[_loadSlot] = passes[_loadFrame];
        _slotFull[_loadSlot] = true;
        _loadSlot = 1 - _loadSlot;
        if (++_loadJoint < joints)
        {
            return;
        }
        _loadJoint = 0;
        _loadFrame = (_loadFrame + 1) % passes.Length;
    }
}
