using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Driver of the input port and flow of data_norm.v.</summary>
internal sealed class InputModel(AcceleratorDesign design, int clips, PortPattern pattern, StageCounter counter)
{
    private const int OutDepth = 8;

    // Last channel of a bank accepted -> bank pushed into the output FIFO.
    private readonly DelayLine _pipeline = new(7);
    private readonly int _channels = design.Model.InputChannels;
    private readonly int _clipValues = design.ClipValues;
    private readonly long _values = (long)clips * design.ClipValues;
    private bool _offered;
    private long _earliest;
    private long _value;
    private int _channel;
    private int _credit = OutDepth;
    private int _count;
    private bool _fire;

    /// <summary>Cycle of each clip's first accepted value.</summary>
    public long[] First { get; } = new long[clips];

    /// <summary>Cycle of each clip's last accepted value.</summary>
    public long[] Last { get; } = new long[clips];

    public bool OutValid => _count > 0;

    /// <summary>All values of all clips were accepted.</summary>
    public bool Done => _value == _values;

    public void Evaluate(long cycle)
    {
        _offered = _offered || (_value < _values && cycle >= _earliest && !pattern.Stalls(PortPattern.InputPort, cycle));
        var room = _channel % 16 != 0 || _credit > 0;
        _fire = _offered && room;
        counter.Step(_fire, !room);
    }

    public void Commit(long cycle, bool pop)
    {
        var first = _fire && _channel % 16 == 0;
        var last = _fire && (_channel % 16 == 15 || _channel == _channels - 1);
        _credit += (pop ? 1 : 0) - (first ? 1 : 0);
        _count += (_pipeline.Step(last) ? 1 : 0) - (pop ? 1 : 0);
        if (_fire)
        {
            Accept(cycle);
        }
    }

    private void Accept(long cycle)
    {
        var (clip, n) = ((int)(_value / _clipValues), (int)(_value % _clipValues));
        if (n == 0)
        {
            First[clip] = cycle;
        }
        if (n == _clipValues - 1)
        {
            Last[clip] = cycle;
            _earliest = cycle + 1 + pattern.GapCycles;
        }
        _value++;
        _channel = _channel == _channels - 1 ? 0 : _channel + 1;
        _offered = false;
    }
}
