using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of classifier.v and of the output port's reader.</summary>
internal sealed class ClassifierModel(AcceleratorDesign design, int clips, PortPattern pattern, StageCounter counter)
{
    private readonly int _lanes = design.Parameters.ClassifierLanes;
    private readonly int _classes = design.Model.Classes;
    private readonly int _passes = BlockDesign.Divide(design.Model.Classes, design.Parameters.ClassifierLanes);
    private readonly int _cycles = Math.Max(design.Blocks[^1].Integers.OutputChannels, design.Parameters.ClassifierLanes);

    // Last channel of a pass issued -> its first sum is there.
    private const int SumsLatency = 6;
    private readonly CycleQueue _sums = new(7);
    private bool _run;
    private int _pass;
    private int _left;
    private int _credit = 2 * design.Parameters.ClassifierLanes;
    private int _sumsLeft;
    private int _class;
    private bool _logit;
    private int _count;
    private int _out;
    private bool _start;
    private bool _passEnd;
    private bool _taken;

    /// <summary>Cycle of each clip's first accepted logit.</summary>
    public long[] First { get; } = new long[clips];

    /// <summary>Cycle of each clip's last accepted logit.</summary>
    public long[] Last { get; } = new long[clips];

    /// <summary>All logits are out.</summary>
    public bool Done => _out == clips * _classes;

    /// <summary>The pooled sums of a clip are used up.</summary>
    public bool Release { get; private set; }

    public void Evaluate(long cycle, bool full)
    {
        var room = _credit >= _lanes;
        _passEnd = _run && _left == 1;
        Release = _passEnd && _pass == _passes - 1;
        _start = full && room && (!_run || (_passEnd && !Release));
        _taken = _count > 0 && !pattern.Stalls(PortPattern.OutputPort, cycle);
        counter.Set(cycle, _run, !_run && full && !room);
    }

    public void Commit(long cycle)
    {
        if (_taken)
        {
            var (clip, n) = Math.DivRem(_out++, _classes);
            First[clip] = n == 0 ? cycle : First[clip];
            Last[clip] = cycle;
        }
        if (_passEnd)
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
        _count += (_logit ? 1 : 0) - (_taken ? 1 : 0);
        _logit = real;
        _credit += (_taken ? 1 : 0) + (sum && !real ? 1 : 0) - (_start ? _lanes : 0);
        if (_passEnd)
        {
            _pass = Release ? 0 : _pass + 1;
        }
        _left = _start ? _cycles : _left - 1;
        _run = _start || (_run && !_passEnd);
    }
}
