using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of temporal_engine.v.</summary>
internal sealed class TemporalModel
{
    private readonly BlockDesign _block;
    private readonly RowEngineModel _rows;
    private readonly StageCounter _counter;
    private readonly int _columns;
    private readonly int _pad;
    private readonly int _leftRows;
    private readonly DelayLine _adds = new(7);
    private readonly DelayLine _closed;
    private readonly DelayLine _personClosed;
    private int _initLeft;
    private int _addsLeft;
    private bool _add;
    private int _frame;
    private int _joint;
    private bool _groupCloses;
    private bool _groupIsLast;
    private int _outstanding;
    private bool _personHold;
    private int _ready;
    private int _left;
    private int _drainChannel;
    private int _credit = 4;
    private bool _push1;
    private bool _push2;
    private int _count;

    public TemporalModel(BlockDesign block, StageCounter counter)
    {
        var q = block.Integers;
        _block = block;
        _counter = counter;
        _columns = block.Parameters.TemporalColumns;
        _pad = (q.Kernel - 1) / 2;
        var closed = block.Frames - 1 >= _pad ? ((block.Frames - 1 - _pad) / q.Stride) + 1 : 0;
        _leftRows = (block.OutFrames - closed) * block.Joints;
        _closed = new DelayLine(8 + _columns);
        _personClosed = new DelayLine(8 + _columns);
        _initLeft = block.Temporal.Slots * block.Joints * block.Temporal.GroupChannels;
        _rows = new RowEngineModel(
            block.OutBanks, block.InBanks, block.Joints, block.Frames, q.Stride, block.HasAux, _columns + 1, block.Temporal.Passes);
    }

    public bool MainReady => _rows.MainReady;

    public bool AuxReady => _rows.AuxReady;

    public bool OutValid => _count > 0;

    private bool NextCloses => _frame >= _pad && (_frame - _pad) % _block.Integers.Stride == 0;

    public void Evaluate(bool mainValid, bool auxValid)
    {
        _rows.Evaluate();
        // Rows that wait while a frame closes none are the last joints of the frame before; their places are in use.
        var groupOk = _initLeft == 0 && !_personHold && _outstanding <= (NextCloses ? 1 : _block.Joints - 1 - _joint);
        _rows.Decide(!_rows.NextGroup || groupOk, mainValid, auxValid);
        _counter.Step(_rows.Busy, _rows.Waiting);
    }

    public void Commit(Func<bool, int> rowWork, bool pop)
    {
        var drain = _ready > 0 && _credit > 0 && !_add;
        var rowDrained = drain && _drainChannel == _block.Temporal.GroupChannels - 1;
        var post = _left > 0 && _outstanding < 2;
        var groupStart = _rows.GroupStart;
        var reserve = (groupStart && NextCloses) || post;
        var groupEnd = _rows.PassEnd && _rows.GroupEnd;
        var closed = _closed.Step(groupEnd && _groupCloses);
        var personClosed = _personClosed.Step(groupEnd && _groupIsLast);
        if ((personClosed && _leftRows == 0) || (post && _left == 1))
        {
            _personHold = false;
        }
        _left = personClosed ? _leftRows : _left - (post ? 1 : 0);
        _outstanding += (reserve ? 1 : 0) - (rowDrained ? 1 : 0);
        _ready += (closed || post ? 1 : 0) - (rowDrained ? 1 : 0);
        if (drain)
        {
            _drainChannel = rowDrained ? 0 : _drainChannel + 1;
        }
        _credit += (pop ? 1 : 0) - (drain ? 1 : 0);
        _count += (_push2 ? 1 : 0) - (pop ? 1 : 0);
        (_push2, _push1) = (_push1, drain);
        StepAdds();
        if (groupStart)
        {
            StartGroup();
        }
        _initLeft -= _initLeft > 0 ? 1 : 0;
        _rows.Commit(rowWork);
    }

    private void StepAdds()
    {
        if (_adds.Step(_rows.PassEnd))
        {
            _addsLeft = _columns;
        }
        _add = _addsLeft > 0;
        _addsLeft -= _add ? 1 : 0;
    }

    private void StartGroup()
    {
        _groupCloses = NextCloses;
        _groupIsLast = _joint == _block.Joints - 1 && _frame == _block.Frames - 1;
        _personHold |= _groupIsLast;
        if (++_joint == _block.Joints)
        {
            _joint = 0;
            _frame = _groupIsLast ? 0 : _frame + 1;
        }
    }
}
