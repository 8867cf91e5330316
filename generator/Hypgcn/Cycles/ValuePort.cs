using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Whole clips, a value at a time: what co-simulation does at the accelerator's own port.</summary>
internal sealed class ValuePort(AcceleratorDesign design, int clips, PortPattern pattern) : IInputPort
{
    private readonly int _clipValues = design.ClipValues;
    private readonly long _values = (long)clips * design.ClipValues;
    private bool _offered;
    private long _earliest;
    private long _value;

    public long[] First { get; } = new long[clips];

    public long[] Last { get; } = new long[clips];

    public bool Done => _value == _values;

    public bool IsSettled => _offered || Done;

    public bool Evaluate(long cycle)
    {
        _offered = _offered || (_value < _values && cycle >= _earliest && !pattern.Stalls(PortPattern.InputPort, cycle));
        return _offered;
    }

    public void Commit(long cycle, bool fire)
    {
        if (!fire)
        {
            return;
        }
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
        _offered = false;
    }
}
