namespace Hypgcn.Cycles;

/// <summary>Flow of row_engine.v: loader with two row slots, passes of one non-zero a cycle.</summary>
internal sealed class RowEngineModel(int mainBanks, int auxBanks, int joints, int frames, int stride, bool hasAux, int minCycles, int[] passes)
{
    private readonly int[] _slotWork = new int[2];
    private readonly int[] _slotType = new int[2];
    private readonly bool[] _slotFull = new bool[2];
    private int _loadSlot;
    private bool _loadAux;
    private int _loadBank;
    private int _loadJoint;
    private int _loadFrame;
    private int _loadPhase;
    private bool _run;
    private int _slot;
    private int _pass;
    private int _left;
    private bool _load;
    private bool _start;
    private bool _rowEnd;
    private int _nextSlot;
    private int _nextPass;

    /// <summary>A main (auxiliary) bank is taken in this cycle, if the source has one.</summary>
    public bool MainReady => !_slotFull[_loadSlot] && !_loadAux;

    public bool AuxReady => !_slotFull[_loadSlot] && _loadAux;

    public bool Busy => _run;

    public bool Waiting { get; private set; }

    /// <summary>A pass starts.</summary>
    public bool PassStart => _start;

    /// <summary>A group (main row and what follows it) starts.</summary>
    public bool GroupStart => _start && NextGroup;

    /// <summary>The pass that would start next is the first of a group.</summary>
    public bool NextGroup => _nextPass == 0 && !(hasAux && _slotType[_nextSlot] == stride);

    /// <summary>The last value of a pass is issued.</summary>
    public bool PassEnd { get; private set; }

    /// <summary>The pass that ends is the last of its group.</summary>
    public bool GroupEnd => _rowEnd && !(hasAux && _slotType[_slot] == 0);

    /// <summary>First half of a cycle: what ends and what could start.</summary>
    public void Evaluate()
    {
        PassEnd = _run && _left == 1;
        _rowEnd = PassEnd && _pass == passes[_slotType[_slot]] - 1;
        _nextSlot = _rowEnd ? 1 - _slot : _slot;
        _nextPass = _rowEnd ? 0 : PassEnd ? _pass + 1 : _pass;
    }

    /// <summary>Second half: whether a pass starts, given permission.</summary>
    public void Decide(bool go, bool mainValid, bool auxValid)
    {
        _start = (!_run || PassEnd) && _slotFull[_nextSlot] && go;
        Waiting = !_run && _slotFull[_slot] && !go;
        _load = (mainValid && MainReady) || (auxValid && AuxReady);
    }

    /// <summary>Ends the cycle.</summary>
    /// <param name="rowWork">Non-zeros of the row whose last bank is loaded now; read only then.</param>
    public void Commit(Func<bool, int> rowWork)
    {
        if (_run && !PassEnd)
        {
            _left--;
        }
        if (_rowEnd)
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

    private void Load(Func<bool, int> rowWork)
    {
        if (++_loadBank < (_loadAux ? auxBanks : mainBanks))
        {
            return;
        }
        _loadBank = 0;
        _slotWork[_loadSlot] = rowWork(_loadAux);
        _slotType[_loadSlot] = _loadAux ? stride : _loadPhase;
        _slotFull[_loadSlot] = true;
        _loadSlot = 1 - _loadSlot;
        _loadAux = hasAux && !_loadAux && _loadPhase == 0;
        if (_loadAux || ++_loadJoint < joints)
        {
            return;
        }
        _loadJoint = 0;
        var last = ++_loadFrame == frames;
        _loadFrame = last ? 0 : _loadFrame;
        _loadPhase = last || _loadPhase == stride - 1 ? 0 : _loadPhase + 1;
    }
}
