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
    private readonly CycleQueue _commit = new(12 + block.Parameters.GraphWords);
    private readonly bool[] _full = new bool[2];
    private readonly bool[] _unfetched = new bool[2];
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

    /// <summary>A bank of the frame can be written.</summary>
    public bool Ready => !_full[_writeSlot];

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>A cycle in which something happens, before <see cref="Write"/> of the same; returns whether a frame of U became complete.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="reserve">A U slot is taken.</param>
    public bool Step(long cycle, out bool reserve)
    {
        var channelEnd = _run && cycle == _endCycle;
        var start = _headCount > 0 && CanLoad(!_run || channelEnd);
        var fetch = _unfetched[_fetchSlot] && _headCount < 2;
        reserve = start && _head.First;
        if (channelEnd)
        {
            _run = false;
            if (_last)
            {
                _full[_slot] = false;
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
    public void Write(long cycle)
    {
        if (++_writeBank == _frameBanks)
        {
            _writeBank = 0;
            (_full[_writeSlot], _unfetched[_writeSlot]) = (true, true);
            _writeSlot = 1 - _writeSlot;
            Settle(cycle);
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
            _unfetched[_fetchSlot] = false;
            _fetchSlot = 1 - _fetchSlot;
        }
        _fetch = last ? 0 : _fetch + 1;
    }

    private void Settle(long cycle)
    {
        var (head, free) = (_headCount > 0, CanLoad(!_run));
        counter.Set(cycle + 1, _run, !_run && head && !free);
        var wake = (head && free) || (_unfetched[_fetchSlot] && _headCount < 2) ? cycle + 1 : _run ? _endCycle : long.MaxValue;
        Wake = Math.Min(wake, _commit.First);
    }
}
