using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of temporal_engine.v, with some of the block's joints.</summary>
internal sealed class TemporalModel : RowEngine
{
    internal const int OutWords = 16; // of the output FIFO

    private const int OutLatency = 3; // drained -> can be seen behind the output FIFO
    private const int AddLatency = 7; // last value of a pass issued -> its first column is added a cycle later

    private readonly BlockDesign _block;
    private readonly StageCounter _counter;
    private readonly int _joints;
    private readonly int _columns;
    private readonly int _groupChannels;
    private readonly int _pad;
    private readonly int _firstOpens;
    private readonly int _leftRows;
    private readonly long _initCycles;
    private readonly CycleQueue _adds = new();
    private readonly CycleQueue _closed = new();
    private readonly CycleQueue _personClosed = new();
    private readonly FifoPlaces _places = new(OutWords);
    private readonly CycleQueue _drainedRows = new();
    private readonly bool _ahead;
    private long _addsUntil = -1;
    private int _frame;
    private int _joint;
    private bool _rowCloses;
    private bool _rowIsLast;

    // Rows drained beyond those whose ring slots the next row needs.
    private int _credit;
    private int _complete;
    private int _drainChannel;
    private long _nextDrain; // no word is drained before
    private long _drainCycle = long.MaxValue; // of a word that is not drained ahead

    /// <param name="block">The block.</param>
    /// <param name="joints">Those of its joints that the engine has.</param>
    /// <param name="counter">Its counter.</param>
    /// <param name="ahead">Words are drained as far ahead as it is known when.</param>
    public TemporalModel(BlockDesign block, int joints, StageCounter counter, bool ahead)
        : base(new RowEngineModel(
            block.OutBanks, joints, block.Parameters.TemporalColumns + 1, [.. Enumerable.Range(0, block.Frames).Select(block.Temporal.Passes)]))
    {
        var q = block.Integers;
        (_block, _joints, _counter, _ahead) = (block, joints, counter, ahead);
        _columns = block.Parameters.TemporalColumns;
        _groupChannels = block.Temporal.GroupChannels;
        _pad = (q.Kernel - 1) / 2;
        var closed = block.Frames - 1 >= _pad ? ((block.Frames - 1 - _pad) / q.Stride) + 1 : 0;
        _leftRows = (block.OutFrames - closed) * joints;
        _firstOpens = Math.Min((_pad / q.Stride) + 1, block.OutFrames);
        _credit = ((block.Temporal.Slots - _firstOpens + 1) * joints) - 1;
        _initCycles = (long)block.Temporal.Slots * joints * block.Temporal.GroupChannels;
    }

    /// <inheritdoc/>
    public override void Step(long cycle)
    {
        Advance(cycle);
        if (Rows.Busy && cycle < Rows.EndCycle)
        {
            // In the middle of a pass words are drained, and nothing else happens.
            DrainFrom(cycle, cycle);
            Wake = Math.Min(Rows.EndCycle, _drainCycle);
            return;
        }
        Rows.Evaluate(cycle);
        var go = Go(cycle);
        if (Rows.PassEnd)
        {
            EndPass(cycle);
        }
        var isRow = Rows.NextRow;
        if (Rows.Start(cycle, go) && isRow)
        {
            StartRow();
        }
        DrainFrom(cycle, cycle);
        Settle(cycle);
    }

    /// <inheritdoc/>
    public override void Pop(long cycle, int count, long now)
    {
        Words.Take(count);
        _places.Add(cycle + 1, count);
        DrainFrom(now + 1, now);
        Wake = Math.Min(Wake, Math.Min(_drainCycle, Rows.PendingCycle == long.MaxValue ? long.MaxValue : _drainedRows.First));
    }

    private bool Go(long cycle)
    {
        _credit += _drainedRows.TakeBefore(cycle);
        return !Rows.NextRow || (_credit >= 0 && cycle >= _initCycles);
    }

    // A word goes out in every cycle in which a row is complete, there is a place and no column is added. The adds of passes that have not
    // ended yet come later than what is drained ahead.
    private void DrainFrom(long from, long now)
    {
        var known = !_ahead ? now : (Rows.Busy ? Rows.EndCycle : now) + AddLatency;
        _drainCycle = long.MaxValue;
        while (_places.First != long.MaxValue)
        {
            var at = Math.Max(Math.Max(from, _nextDrain), _places.First);
            if (_complete == 0)
            {
                at = Math.Max(at, NextClosed());
                if (at == long.MaxValue)
                {
                    return;
                }
            }
            // Going on to the next cycle in which no column is added may come to the next column.
            for (var before = 0L; before != at;)
            {
                before = at;
                Advance(at);
                at = Math.Max(at, _addsUntil + 1);
            }
            _nextDrain = at;
            if (at > known)
            {
                _drainCycle = at;
                return;
            }
            Drain(at, (int)Math.Min(Math.Min(known, _adds.First) - at + 1, Math.Min(_places.Run, _groupChannels - _drainChannel)));
        }
    }

    // What came out of the pipelines before a cycle.
    private void Advance(long cycle)
    {
        while (_adds.First < cycle)
        {
            _addsUntil = _adds.First + _columns;
            _adds.Take();
        }
        _complete += _closed.TakeBefore(cycle) + (_leftRows * _personClosed.TakeBefore(cycle));
    }

    private void Drain(long cycle, int words)
    {
        _places.Take(cycle, words);
        Words.Add(cycle + OutLatency, words);
        _nextDrain = cycle + words;
        _drainChannel += words;
        if (_drainChannel == _groupChannels)
        {
            _drainChannel = 0;
            _complete--;
            _drainedRows.Add(cycle + words - 1);
        }
    }

    private void EndPass(long cycle)
    {
        _adds.Add(cycle + AddLatency);
        if (Rows.RowEnd && _rowCloses)
        {
            _closed.Add(cycle + AddLatency + 1 + _columns);
        }
        if (Rows.RowEnd && _rowIsLast && _leftRows > 0)
        {
            _personClosed.Add(cycle + AddLatency + 1 + _columns);
        }
    }

    /// <inheritdoc/>
    protected override void Settle(long cycle)
    {
        var (pending, go) = (Rows.PendingCycle, Go(cycle + 1));
        _counter.Set(cycle + 1, Rows.Busy, pending <= cycle + 1 && !go);
        var wake = Rows.Busy ? Rows.EndCycle : long.MaxValue;
        if (pending != long.MaxValue)
        {
            // Clearing the ring ends by itself: what the counter shows changes with it.
            wake = pending > cycle + 1 ? pending - 1
                : go ? cycle + 1
                : cycle + 1 < _initCycles ? Math.Max(cycle + 1, _initCycles - 1) : _drainedRows.First;
        }
        Wake = Math.Min(wake, _drainCycle);
    }

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
