using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of graph_engine.v.</summary>
internal sealed class GraphModel(BlockDesign block, Func<int, int> channelWork, StageCounter counter)
{
    private readonly int _frameBanks = block.FrameBanks;
    private readonly int _channels = block.KeptChannels.Count;
    private readonly int _words = block.Parameters.GraphWords;
    private readonly int _passes = block.GraphPasses;

    // Last value of a frame issued -> its last U word is written.
    private readonly DelayLine _commit = new(10 + block.Parameters.GraphWords);
    private readonly bool[] _full = new bool[2];
    private readonly bool[] _unfetched = new bool[2];
    private readonly (bool First, bool Last, int Slot, int Work)[] _fetched = new (bool, bool, int, int)[2];
    private int _writeSlot;
    private int _writeBank;
    private int _fetchSlot;
    private int _fetch;
    private int _fetchSequence;
    private int _headCount;
    private bool _run;
    private bool _last;
    private int _slot;
    private int _work;
    private int _pass;
    private int _left;
    private bool _passEnd;
    private bool _channelEnd;
    private bool _start;
    private bool _fetchNow;

    /// <summary>A bank of the frame can be written.</summary>
    public bool Ready => !_full[_writeSlot];

    public void Evaluate(bool uFree)
    {
        _passEnd = _run && _left == 1;
        _channelEnd = _passEnd && _pass == _passes - 1;
        var canLoad = (!_run || _channelEnd) && (!_fetched[0].First || uFree);
        var head = _headCount > 0;
        _start = head && canLoad;
        _fetchNow = _unfetched[_fetchSlot] && _headCount < 2;
        counter.Step(_run, !_run && head && !canLoad);
    }

    /// <summary>Ends the cycle; returns whether a frame of U became complete.</summary>
    /// <param name="write">A bank is written into the frame buffer.</param>
    /// <param name="reserve">A U slot is taken.</param>
    public bool Commit(bool write, out bool reserve)
    {
        reserve = _start && _fetched[0].First;
        var frameEnd = _channelEnd && _last;
        if (frameEnd)
        {
            _full[_slot] = false;
        }
        Advance();
        if (_start)
        {
            (_fetched[0], _headCount) = (_fetched[1], _headCount - 1);
        }
        if (_fetchNow)
        {
            Fetch();
        }
        if (write && ++_writeBank == _frameBanks)
        {
            _writeBank = 0;
            (_full[_writeSlot], _unfetched[_writeSlot]) = (true, true);
            _writeSlot = 1 - _writeSlot;
        }
        return _commit.Step(frameEnd);
    }

    private void Advance()
    {
        if (_start)
        {
            (_, _last, _slot, _work) = _fetched[0];
            (_run, _pass, _left) = (true, 0, PassCycles());
        }
        else if (_channelEnd)
        {
            (_run, _pass) = (false, 0);
        }
        else if (_passEnd)
        {
            (_pass, _left) = (_pass + 1, PassCycles());
        }
        else if (_run)
        {
            _left--;
        }
    }

    private int PassCycles() => Math.Max(Math.Max(_work, 1), _words);

    private void Fetch()
    {
        var last = _fetch == _channels - 1;
        _fetched[_headCount++] = (_fetch == 0, last, _fetchSlot, channelWork(_fetchSequence++));
        if (last)
        {
            _unfetched[_fetchSlot] = false;
            _fetchSlot = 1 - _fetchSlot;
        }
        _fetch = last ? 0 : _fetch + 1;
    }
}
