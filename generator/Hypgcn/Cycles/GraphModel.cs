using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of graph_engine.v.</summary>
internal sealed class GraphModel(BlockDesign block, RowSource channels, StageCounter counter)
{
    private readonly int _frameBanks = block.FrameBanks;
    private readonly int _channels = block.KeptChannels.Count;
    private readonly int _words = block.Parameters.GraphWords;
    private readonly int _passes = block.GraphPasses;

    // Last value of a frame issued -> its last U word is written.
    private readonly int _commitLatency = 10 + (block.Parameters.GraphFabric ? 1 : 0) + block.Parameters.GraphWords;
    private readonly CycleQueue _commit = new();
    private readonly long[] _writeFrom = new long[2]; // into each half of the frame buffer
    private readonly long[] _fetchFrom = [long.MaxValue, long.MaxValue];
    private (bool First, bool Last, int Slot, int Work) _head;
    private (bool First, bool Last, int Slot, int Work) _next;
    private int _writeSlot;
    private int _writeBank;
    private int _fetchSlot;
    private int _fetch;
    private int _headCount;
    private bool _run;
    private bool _last;
    private int _slot;
    private long _endCycle;
    private bool _uFree = true;

    /// <summary>From which cycle on a bank of the frame can be written; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long ReadyCycle => _writeFrom[_writeSlot];

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>A cycle in which something happens, before <see cref="Write"/> of the same; returns whether a frame of U became complete.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="reserve">A U slot is taken.</param>
    public bool Step(long cycle, out bool reserve)
    {
        var channelEnd = _run && cycle == _endCycle;
        var start = _headCount > 0 && CanLoad(!_run || channelEnd);
        var fetch = _fetchFrom[_fetchSlot] <= cycle && _headCount < 2;
        reserve = start && _head.First;
        if (channelEnd)
        {
            _run = false;
            if (_last)
            {
                _writeFrom[_slot] = cycle + 1;
                _commit.Add(cycle + _commitLatency);
            }
        }
        if (start)
        {
            (_run, _last, _slot) = (true, _head.Last, _head.Slot);
            // A channel takes all passes one after another.
            _endCycle = cycle + ((long)_passes * Math.Max(Math.Max(_head.Work, 1), _words));
            (_head, _headCount) = (_next, _headCount - 1);
        }
        if (fetch)
        {
            Fetch();
        }
        var complete = _commit.First == cycle;
        if (complete)
        {
            _commit.Take();
        }
        Settle(cycle);
        return complete;
    }

    /// <summary>A bank is written into the frame buffer.</summary>
    /// <param name="cycle">In which it is; it may be ahead.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    public void Write(long cycle, long now)
    {
        if (++_writeBank == _frameBanks)
        {
            _writeBank = 0;
            (_writeFrom[_writeSlot], _fetchFrom[_writeSlot]) = (long.MaxValue, cycle + 1);
            _writeSlot = 1 - _writeSlot;
            Settle(now);
        }
    }

    /// <summary>Whether the array has a free U slot in the next cycle.</summary>
    public void Free(long cycle, bool uFree)
    {
        if (uFree != _uFree)
        {
            _uFree = uFree;
            Settle(cycle);
        }
    }

    private bool CanLoad(bool isFree) => isFree && (!_head.First || _uFree);

    private void Fetch()
    {
        var last = _fetch == _channels - 1;
        var fetched = (_fetch == 0, last, _fetchSlot, channels.Next());
        if (_headCount++ == 0)
        {
            _head = fetched;
        }
        else
        {
            _next = fetched;
        }
        if (last)
        {
            _fetchFrom[_fetchSlot] = long.MaxValue;
            _fetchSlot = 1 - _fetchSlot;
        }
        _fetch = last ? 0 : _fetch + 1;
    }

    private void Settle(long cycle)
    {
        var (head, free) = (_headCount > 0, CanLoad(!_run));
        counter.Set(cycle + 1, _run, !_run && head && !free);
        var wake = head && free ? cycle + 1 : _run ? _endCycle : long.MaxValue;
        var fetch = _headCount < 2 ? Math.Max(cycle + 1, _fetchFrom[_fetchSlot]) : long.MaxValue;
        Wake = Math.Min(Math.Min(wake, fetch), _commit.First);
    }
}
