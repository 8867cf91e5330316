using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of classifier.v and of the output port's reader.</summary>
internal sealed class ClassifierModel(AcceleratorDesign design, int clips, PoolModel pool, PortPattern pattern, StageCounter counter)
{
    private readonly int _lanes = design.Parameters.ClassifierLanes;
    private readonly int _classes = design.Model.Classes;
    private readonly int _passes = BlockDesign.Divide(design.Model.Classes, design.Parameters.ClassifierLanes);
    private readonly int _cycles = Math.Max(design.Blocks[^1].Integers.OutputChannels, design.Parameters.ClassifierLanes);

    // Last channel of a pass issued -> its first sum is there.
    private const int SumsLatency = 6;
    private readonly CycleQueue _sums = new();
    private bool _run;
    private int _pass;
    private int _left;
    private int _credit = 2 * design.Parameters.ClassifierLanes;
    private int _sumsLeft;
    private int _class;
    private bool _logit;
    private int _count;
    private int _out;
    private long _busy = long.MaxValue; // the next cycle, while there is anything to do

    /// <summary>Cycle of each clip's first accepted logit.</summary>
    public long[] First { get; } = new long[clips];

    /// <summary>Cycle of each clip's last accepted logit.</summary>
    public long[] Last { get; } = new long[clips];

    /// <summary>All logits are out.</summary>
    public bool Done => _out == clips * _classes;

    /// <summary>Next cycle in which something happens.</summary>
    public long Wake => _busy == long.MaxValue ? pool.FullCycle : _busy;

    /// <summary>A cycle in which something happens.</summary>
    public void Step(long cycle)
    {
        var full = pool.FullCycle <= cycle;
        var room = _credit >= _lanes;
        var passEnd = _run && _left == 1;
        var release = passEnd && _pass == _passes - 1;
        var start = full && room && (!_run || (passEnd && !release));
        var taken = _count > 0 && !pattern.Stalls(PortPattern.OutputPort, cycle);
        counter.Set(cycle, _run, !_run && full && !room);
        if (taken)
        {
            var (clip, n) = Math.DivRem(_out++, _classes);
            First[clip] = n == 0 ? cycle : First[clip];
            Last[clip] = cycle;
        }
        if (passEnd)
        {
            _sums.Add(cycle + SumsLatency);
        }
        if (_sums.First == cycle)
        {
            _sums.Take();
            _sumsLeft = _lanes;
        }
        var sum = _sumsLeft > 0;
        var real = sum && _class < _classes;
        _sumsLeft -= sum ? 1 : 0;
        _class = sum ? (_class + 1) % (_passes * _lanes) : _class;
        _count += (_logit ? 1 : 0) - (taken ? 1 : 0);
        _logit = real;
        _credit += (taken ? 1 : 0) + (sum && !real ? 1 : 0) - (start ? _lanes : 0);
        if (passEnd)
        {
            _pass = release ? 0 : _pass + 1;
        }
        _left = start ? _cycles : _left - 1;
        _run = start || (_run && !passEnd);
        _busy = _run || _sums.First != long.MaxValue || _sumsLeft > 0 || _logit || _count > 0 ? cycle + 1 : long.MaxValue;
        if (release)
        {
            pool.Release(cycle);
        }
    }
}
