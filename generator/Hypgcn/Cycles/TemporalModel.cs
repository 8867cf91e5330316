using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of temporal_engine.v, with some of the block's joints.</summary>
internal sealed class TemporalModel
{
    internal const int OutWords = 16; // of the output FIFO

    private const int OutLatency = 3; // drained -> can be seen behind the output FIFO
    private const int AddLatency = 7; // last value of a pass issued -> its first column is added a cycle later

    private readonly BlockDesign _block;
    private readonly RowEngineModel _rows;
    private readonly StageCounter _counter;
    private readonly int _joints;
    private readonly int _columns;
    private readonly int _groupChannels;
    private readonly int _pad;
    private readonly int _firstOpens;
    private readonly int _leftRows;
    private readonly long _initCycles;
    private readonly CycleQueue _adds = new(AddLatency + 1);
    private readonly CycleQueue _closed;
    private readonly CycleQueue _personClosed;
    private readonly CycleQueue _words = new(OutWords);
    private long _addsUntil = -1;
    private int _frame;
    private int _joint;
    private bool _rowCloses;
    private bool _rowIsLast;

    // Rows drained beyond those whose ring slots the next row needs.
    private int _credit;
    private int _complete;
    private int _drainChannel;
    private int _room = OutWords;

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
        // Every row takes a pass of more than _columns cycles.
        (_closed, _personClosed) = (new CycleQueue(AddLatency + 3), new CycleQueue(AddLatency + 3));
        _initCycles = (long)block.Temporal.Slots * joints * block.Temporal.GroupChannels;
        _rows = new RowEngineModel(
            block.OutBanks, joints, _columns + 1, [.. Enumerable.Range(0, block.Frames).Select(block.Temporal.Passes)]);
    }

    public bool Ready => _rows.Ready;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on there is a word.</summary>
    public long OutCycle => _words.First;

    /// <summary>A cycle in which a pass may end or start or a word may be drained; before <see cref="Load"/> and <see cref="Pop"/> of the same.</summary>
    public void Step(long cycle)
    {
        Advance(cycle);
        if (_rows.Busy && cycle < _rows.EndCycle)
        {
            // In the middle of a pass words are drained, and nothing else happens.
            if (_complete > 0 && _room > 0 && cycle > _addsUntil)
            {
                Drain(cycle);
            }
            Wake = Math.Min(_rows.EndCycle, NextDrain(cycle));
            return;
        }
        _rows.Evaluate(cycle);
        var go = Go(cycle);
        if (_complete > 0 && _room > 0 && cycle > _addsUntil)
        {
            Drain(cycle);
        }
        if (_rows.PassEnd)
        {
            EndPass(cycle);
        }
        var isRow = _rows.NextRow;
        if (_rows.Start(cycle, go) && isRow)
        {
            StartRow();
        }
        Settle(cycle);
    }

    /// <summary>A bank is taken.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="source">Its rows.</param>
    public void Load(long cycle, RowSource source)
    {
        if (_rows.Load())
        {
            _rows.Complete(source.Next());
            Settle(cycle);
        }
    }

    /// <summary>A word is taken.</summary>
    public void Pop(long cycle)
    {
        _words.Take();
        if (_room++ == 0)
        {
            Settle(cycle);
        }
    }

    private bool Go(long cycle) => !_rows.NextRow || (_credit >= 0 && cycle >= _initCycles);

    // What came out of the pipelines before this cycle.
    private void Advance(long cycle)
    {
        while (_adds.First < cycle)
        {
            _addsUntil = _adds.First + _columns;
            _adds.Take();
        }
        while (_closed.First < cycle)
        {
            _complete++;
            _closed.Take();
        }
        while (_personClosed.First < cycle)
        {
            _complete += _leftRows;
            _personClosed.Take();
        }
    }

    private void Drain(long cycle)
    {
        _room--;
        _words.Add(cycle + OutLatency);
        if (++_drainChannel == _groupChannels)
        {
            _drainChannel = 0;
            _complete--;
            _credit++;
        }
    }

    private void EndPass(long cycle)
    {
        _adds.Add(cycle + AddLatency);
        if (_rows.RowEnd && _rowCloses)
        {
            _closed.Add(cycle + AddLatency + 1 + _columns);
        }
        if (_rows.RowEnd && _rowIsLast)
        {
            _personClosed.Add(cycle + AddLatency + 1 + _columns);
        }
    }

    private void Settle(long cycle)
    {
        var pending = _rows.Pending;
        var go = Go(cycle + 1);
        _counter.Set(cycle + 1, _rows.Busy, pending && !go);
        var wake = _rows.Busy ? _rows.EndCycle : long.MaxValue;
        if (pending)
        {
            // Clearing the ring ends by itself: what the counter shows changes with it.
            wake = go ? cycle + 1 : cycle + 1 < _initCycles ? Math.Max(cycle + 1, _initCycles - 1) : wake;
        }
        Wake = Math.Min(wake, NextDrain(cycle));
    }

    private long NextDrain(long cycle) => _complete == 0 ? NextClosed() : _room > 0 ? Math.Max(cycle, _addsUntil) + 1 : long.MaxValue;

    private long NextClosed()
    {
        var next = Math.Min(_closed.First, _personClosed.First);
        return next == long.MaxValue ? next : next + 1;
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
