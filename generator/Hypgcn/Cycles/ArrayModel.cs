using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of spatial_array.v: U slots, tiles, tile buffer, output FIFO.</summary>
/// <param name="block">The block.</param>
/// <param name="counter">Its counter.</param>
/// <param name="ahead">Words are read as far ahead as it is known when.</param>
internal sealed class ArrayModel(BlockDesign block, StageCounter counter, bool ahead) : WordSource
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
    private readonly CycleQueue _drained = new();
    private readonly CycleQueue _words = new();
    private readonly FifoPlaces _places = new(OutWords);
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
    private long _nextRead; // no word is read before
    private long _readCycle = long.MaxValue; // of a word that is not read ahead

    public bool UFree => !_uBusy[_uReserve];

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on there is a word.</summary>
    public override long OutCycle => _words.First;

    /// <inheritdoc/>
    public override int OutRun => _words.Run;

    /// <summary>A cycle in which something happens, before <see cref="Pop"/> of the same.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="reserve">The graph engine takes a U slot.</param>
    /// <param name="uComplete">A frame of U is complete.</param>
    public void Step(long cycle, bool reserve, bool uComplete)
    {
        StepTiles(cycle, reserve, uComplete);
        Read(cycle);
        if (_drained.First == cycle)
        {
            _drained.Take();
            _halfFull[_drainHalf] = true;
            _drainHalf = 1 - _drainHalf;
            _nextRead = Math.Max(_nextRead, cycle + 1);
            Read(cycle);
        }
        Settle(cycle);
    }

    /// <inheritdoc/>
    public override void Pop(long cycle, int count, long now)
    {
        _words.Take(count);
        _places.Add(cycle + 1, count);
        Read(now);
        Wake = Math.Min(Wake, _readCycle);
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

    // The last word of a group gives its half of the buffer back, in the cycle in which it is read and not ahead of it.
    private void Read(long cycle)
    {
        _readCycle = long.MaxValue;
        while (_halfFull[_readHalf] && _places.First != long.MaxValue)
        {
            var lastGroup = _readGroup == _jointGroups - 1;
            var left = (lastGroup ? _lastGroupWords : _groupWords) - _readWord;
            var at = Math.Max(Math.Max(cycle, _nextRead), _places.First);
            if (at > cycle && (left == 1 || !ahead))
            {
                _readCycle = at;
                return;
            }
            var words = ahead && left > 1 ? Math.Min(_places.Run, left - 1) : 1;
            _places.Take(at, words);
            _words.Add(at + OutLatency, words);
            _nextRead = at + words;
            _readWord += words;
            if (left == 1)
            {
                _readWord = 0;
                (_halfBusy[_readHalf], _halfFull[_readHalf]) = (false, false);
                _readHalf = 1 - _readHalf;
                _readGroup = lastGroup ? 0 : _readGroup + 1;
            }
        }
    }

    private void Settle(long cycle)
    {
        var pending = !_run && _uFull[_slot];
        var ready = _channelGroup != 0 || !_halfBusy[_half];
        counter.Set(cycle + 1, _run, pending && !ready);
        var wake = pending && ready ? cycle + 1 : _run ? _endCycle : long.MaxValue;
        Wake = Math.Min(wake, Math.Min(_drained.First, _readCycle));
    }
}
