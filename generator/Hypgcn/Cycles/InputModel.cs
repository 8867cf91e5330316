using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of data_norm.v behind an input port.</summary>
internal sealed class InputModel(AcceleratorDesign design, IInputPort port, StageCounter counter)
{
    private const int OutDepth = 8;

    // Last channel of a bank accepted -> bank pushed into the output FIFO.
    private readonly DelayLine _pipeline = new(7);
    private readonly int _channels = design.Model.InputChannels;
    private int _channel;
    private int _credit = OutDepth;
    private int _count;
    private bool _fire;

    public bool OutValid => _count > 0;

    public void Evaluate(long cycle)
    {
        var room = _channel % 16 != 0 || _credit > 0;
        _fire = port.Evaluate(cycle) && room;
        counter.Step(_fire, !room);
    }

    public void Commit(long cycle, bool pop)
    {
        var first = _fire && _channel % 16 == 0;
        var last = _fire && (_channel % 16 == 15 || _channel == _channels - 1);
        _credit += (pop ? 1 : 0) - (first ? 1 : 0);
        _count += (_pipeline.Step(last) ? 1 : 0) - (pop ? 1 : 0);
        port.Commit(cycle, _fire);
        if (_fire)
        {
            _channel = _channel == _channels - 1 ? 0 : _channel + 1;
        }
    }
}
