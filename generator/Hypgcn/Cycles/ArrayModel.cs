using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of spatial_array.v: U slots, tiles, tile buffer, output FIFO.</summary>
internal sealed class ArrayModel(BlockDesign block, StageCounter counter)
{
    private const int OutWords = 4; // of the output FIFO
    private const int OutLatency = 2; // read -> can be seen behind the output FIFO

    private readonly int _cycles = Math.Max(block.ArrayOperations, block.Parameters.JointLanes);
    private readonly int _jointGroups = block.JointGroups;
    private readonly int _channelGroups = block.ChannelGroups;
    private readonly int _groupWords = block.Parameters.JointLanes * block.ChannelGroups;
    private readonly int _lastGroupWords =
        (block.Joints - ((block.JointGroups - 1) * block.Parameters.JointLanes)) * block.ChannelGroups;

    // Last product of a joint group issued -> its last sum is in the tile buffer.
    private readonly int _drainLatency = 5 + block.Parameters.JointLanes;
    private readonly CycleQueue _drained = new(6 + block.Parameters.JointLanes);
    private readonly CycleQueue _words = new(OutWords);
    private readonly bool[] _uBusy = new bool[2];
    private readonly bool[] _uFull = new bool[2];
    private readonly bool[] _halfBusy = new bool[2];
    private readonly bool[] _halfFull = new bool[2];
    private int _uReserve;
    private int _uWrite;
    private bool _run;
    private int _slot;
    private int _half;
    private int _jointGroup;
    private int _channelGroup;
    private long _endCycle;
    private int _drainHalf;
    private int _readHalf;
    private int _readGroup;
    private int _readWord;
    private int _credit = OutWords;

    public bool UFree => !_uBusy[_uReserve];

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on there is a word.</summary>
    public long OutCycle => _words.First;

    /// <summary>A cycle in which something happens, before <see cref="Pop"/> of the same.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="reserve">The graph engine takes a U slot.</param>
    /// <param name="uComplete">A frame of U is complete.</param>
    public void Step(long cycle, bool reserve, bool uComplete)
    {
        var read = _halfFull[_readHalf] && _credit > 0;
        StepTiles(cycle, reserve, uComplete);
        if (_drained.First == cycle)
        {
            _drained.Take();
            _halfFull[_drainHalf] = true;
            _drainHalf = 1 - _drainHalf;
        }
        if (read)
        {
            Read(cycle);
        }
        Settle(cycle);
    }

    /// <summary>A word is taken.</summary>
    public void Pop(long cycle)
    {
        _words.Take();
        _credit++;
        if (_halfFull[_readHalf])
        {
            Wake = cycle + 1;
        }
    }

    private void StepTiles(long cycle, bool reserve, bool uComplete)
    {
        var tileEnd = _run && cycle == _endCycle;
        var groupEnd = tileEnd && _channelGroup == _channelGroups - 1;
        var frameEnd = groupEnd && _jointGroup == _jointGroups - 1;
        var nextSlot = frameEnd ? 1 - _slot : _slot;
        var nextHalf = groupEnd ? 1 - _half : _half;
        var newGroup = groupEnd || (!tileEnd && _channelGroup == 0);
        var start = (!_run || tileEnd) && _uFull[nextSlot] && !(newGroup && _halfBusy[nextHalf]);
        if (reserve)
        {
            _uBusy[_uReserve] = true;
            _uReserve = 1 - _uReserve;
        }
        if (uComplete)
        {
            _uFull[_uWrite] = true;
            _uWrite = 1 - _uWrite;
        }
        if (tileEnd)
        {
            _channelGroup = groupEnd ? 0 : _channelGroup + 1;
        }
        if (groupEnd)
        {
            _jointGroup = frameEnd ? 0 : _jointGroup + 1;
            _drained.Add(cycle + _drainLatency);
        }
        if (frameEnd)
        {
            (_uBusy[_slot], _uFull[_slot]) = (false, false);
        }
        (_slot, _half) = (nextSlot, nextHalf);
        _run = start || (_run && !tileEnd);
        if (start)
        {
            _halfBusy[_half] |= newGroup;
            _endCycle = cycle + _cycles;
        }
    }

    private void Read(long cycle)
    {
        _credit--;
        _words.Add(cycle + OutLatency);
        var lastGroup = _readGroup == _jointGroups - 1;
        if (++_readWord == (lastGroup ? _lastGroupWords : _groupWords))
        {
            (_halfBusy[_readHalf], _halfFull[_readHalf]) = (false, false);
            _readHalf = 1 - _readHalf;
            _readGroup = lastGroup ? 0 : _readGroup + 1;
            _readWord = 0;
        }
    }

    private void Settle(long cycle)
    {
        var pending = !_run && _uFull[_slot];
        var ready = _channelGroup != 0 || !_halfBusy[_half];
        counter.Set(cycle + 1, _run, pending && !ready);
        var wake = (pending && ready) || (_halfFull[_readHalf] && _credit > 0) ? cycle + 1 : _run ? _endCycle : long.MaxValue;
        Wake = Math.Min(wake, _drained.First);
    }
}
