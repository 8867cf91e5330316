using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of temporal_engine.v, with some of the block's joints.</summary>
internal sealed class TemporalModel
{
    private const int OutWords = 16; // of the output FIFO

    private readonly BlockDesign _block;
    private readonly RowEngineModel _rows;
    private readonly StageCounter _counter;
    private readonly int _joints;
    private readonly int _columns;
    private readonly int _groupChannels;
    private readonly int _pad;
    private readonly int _firstOpens;
    private readonly int _leftRows;
    private readonly DelayLine _adds = new(7);
    private readonly DelayLine _closed;
    private readonly DelayLine _personClosed;
    private int _initLeft;
    private int _addsLeft;
    private bool _add;
    private int _frame;
    private int _joint;
    private bool _rowCloses;
    private bool _rowIsLast;

    // Rows drained beyond those whose ring slots the next row needs.
    private int _credit;
    private int _complete;
    private int _drainChannel;
    private int _room = OutWords;
    private bool _push1;
    private bool _push2;
    private int _count;

    public TemporalModel(BlockDesign block, int joints, StageCounter counter)
    {
        var q = block.Integers;
        (_block, _joints, _counter) = (block, joints, counter);
        _columns = block.Parameters.TemporalColumns;
        _groupChannels = block.Temporal.GroupChannels;
        _pad = (q.Kernel - 1) / 2;
        var closed = block.Frames - 1 >= _pad ? ((block.Frames - 1 - _pad) / q.Stride) + 1 : 0;
        _leftRows = (block.OutFrames - closed) * joints;
        _firstOpens = Math.Min((_pad / q.Stride) + 1, block.OutFrames);
        _credit = ((block.Temporal.Slots - _firstOpens + 1) * joints) - 1;
        _closed = new DelayLine(8 + _columns);
        _personClosed = new DelayLine(8 + _columns);
        _initLeft = block.Temporal.Slots * joints * block.Temporal.GroupChannels;
        _rows = new RowEngineModel(
            block.OutBanks, joints, _columns + 1, [.. Enumerable.Range(0, block.Frames).Select(block.Temporal.Passes)]);
    }

    public bool Ready => _rows.Ready;

    public bool OutValid => _count > 0;

    public void Evaluate(bool valid)
    {
        _rows.Evaluate();
        _rows.Decide(!_rows.NextRow || (_initLeft == 0 && _credit >= 0), valid);
        _counter.Step(_rows.Busy, _rows.Waiting);
    }

    public void Commit(Func<int> rowWork, bool pop)
    {
        var drain = _complete > 0 && _room > 0 && !_add;
        var rowDrained = drain && _drainChannel == _groupChannels - 1;
        var closed = _closed.Step(_rows.RowEnd && _rowCloses);
        var personClosed = _personClosed.Step(_rows.RowEnd && _rowIsLast);
        _complete += (closed ? 1 : 0) + (personClosed ? _leftRows : 0) - (rowDrained ? 1 : 0);
        _credit += rowDrained ? 1 : 0;
        if (drain)
        {
            _drainChannel = rowDrained ? 0 : _drainChannel + 1;
        }
        _room += (pop ? 1 : 0) - (drain ? 1 : 0);
        _count += (_push2 ? 1 : 0) - (pop ? 1 : 0);
        (_push2, _push1) = (_push1, drain);
        StepAdds();
        if (_rows.RowStart)
        {
            StartRow();
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

    private void StartRow()
    {
        var stride = _block.Integers.Stride;
        _rowCloses = _frame >= _pad && (_frame - _pad) % stride == 0;
        _rowIsLast = _joint == _joints - 1 && _frame == _block.Frames - 1;
        if (++_joint < _joints)
        {
            _credit--;
            return;
        }
        _joint = 0;
        _frame = _rowIsLast ? 0 : _frame + 1;
        var last = _frame + _pad;
        var opens = _frame == 0 ? _firstOpens : last % stride == 0 && last / stride < _block.OutFrames ? 1 : 0;
        _credit -= (opens * _joints) - (_joints - 1);
    }
}
