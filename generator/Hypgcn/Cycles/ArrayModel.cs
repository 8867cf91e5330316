using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of spatial_array.v: U slots, tiles, tile buffer, output FIFO.</summary>
internal sealed class ArrayModel(BlockDesign block, StageCounter counter)
{
    private readonly int _cycles = Math.Max(block.ArrayOperations, block.Parameters.JointLanes);
    private readonly int _jointGroups = block.JointGroups;
    private readonly int _channelGroups = block.ChannelGroups;
    private readonly int _groupWords = block.Parameters.JointLanes * block.ChannelGroups;
    private readonly int _lastGroupWords =
        (block.Joints - ((block.JointGroups - 1) * block.Parameters.JointLanes)) * block.ChannelGroups;

    // Last product of a joint group issued -> its last sum is in the tile buffer.
    private readonly DelayLine _drained = new(5 + block.Parameters.JointLanes);
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
    private int _left;
    private int _drainHalf;
    private int _readHalf;
    private int _readGroup;
    private int _readWord;
    private int _credit = 4;
    private bool _readQ;
    private int _count;
    private bool _tileEnd;
    private bool _groupEnd;
    private bool _frameEnd;
    private bool _newGroup;
    private int _nextSlot;
    private int _nextHalf;
    private bool _start;
    private bool _read;

    public bool UFree => !_uBusy[_uReserve];

    public bool OutValid => _count > 0;

    public void Evaluate()
    {
        _tileEnd = _run && _left == 1;
        _groupEnd = _tileEnd && _channelGroup == _channelGroups - 1;
        _frameEnd = _groupEnd && _jointGroup == _jointGroups - 1;
        _nextSlot = _frameEnd ? 1 - _slot : _slot;
        _nextHalf = _groupEnd ? 1 - _half : _half;
        _newGroup = _groupEnd || (!_tileEnd && _channelGroup == 0);
        var ready = !_newGroup || !_halfBusy[_nextHalf];
        _start = (!_run || _tileEnd) && _uFull[_nextSlot] && ready;
        counter.Step(_run, !_run && _uFull[_slot] && !ready);
        _read = _halfFull[_readHalf] && _credit > 0;
    }

    public void Commit(bool reserve, bool uComplete, bool pop)
    {
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
        if (_frameEnd)
        {
            (_uBusy[_slot], _uFull[_slot]) = (false, false);
        }
        if (_start && _newGroup)
        {
            _halfBusy[_nextHalf] = true;
        }
        if (_drained.Step(_groupEnd))
        {
            _halfFull[_drainHalf] = true;
            _drainHalf = 1 - _drainHalf;
        }
        AdvanceTile();
        AdvanceRead(pop);
    }

    private void AdvanceTile()
    {
        if (_tileEnd)
        {
            _channelGroup = _groupEnd ? 0 : _channelGroup + 1;
            if (_groupEnd)
            {
                _jointGroup = _frameEnd ? 0 : _jointGroup + 1;
            }
        }
        else if (_run)
        {
            _left--;
        }
        (_slot, _half) = (_nextSlot, _nextHalf);
        _run = _start || (_run && !_tileEnd);
        if (_start)
        {
            _left = _cycles;
        }
    }

    private void AdvanceRead(bool pop)
    {
        _count += (_readQ ? 1 : 0) - (pop ? 1 : 0);
        _credit += (pop ? 1 : 0) - (_read ? 1 : 0);
        _readQ = _read;
        if (!_read)
        {
            return;
        }
        var lastGroup = _readGroup == _jointGroups - 1;
        if (++_readWord == (lastGroup ? _lastGroupWords : _groupWords))
        {
            (_halfBusy[_readHalf], _halfFull[_readHalf]) = (false, false);
            _readHalf = 1 - _readHalf;
            _readGroup = lastGroup ? 0 : _readGroup + 1;
            _readWord = 0;
        }
    }
}
