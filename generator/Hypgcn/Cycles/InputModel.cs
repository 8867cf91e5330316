using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of data_norm.v behind an input port.</summary>
internal sealed class InputModel(AcceleratorDesign design, IInputPort port, StageCounter counter)
{
    private const int OutDepth = 8;
    private const int OutLatency = 8; // last channel of a bank accepted -> bank can be seen behind the output FIFO

    private readonly CycleQueue _out = new(OutDepth);
    private readonly int _channels = design.Model.InputChannels;
    private int _channel;
    private int _credit = OutDepth;

    /// <summary>From which cycle on there is a bank.</summary>
    public long OutCycle => _out.First;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; }

    /// <summary>A cycle in which something happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="pop">The first block takes a bank.</param>
    public void Step(long cycle, bool pop)
    {
        var room = _channel % 16 != 0 || _credit > 0;
        var fire = port.Evaluate(cycle) && room;
        counter.Set(cycle, fire, !room);
        port.Commit(cycle, fire);
        if (pop)
        {
            _out.Take();
            _credit++;
        }
        if (fire)
        {
            _credit -= _channel % 16 == 0 ? 1 : 0;
            if (_channel % 16 == 15 || _channel == _channels - 1)
            {
                _out.Add(cycle + OutLatency);
            }
            _channel = _channel == _channels - 1 ? 0 : _channel + 1;
        }
        Wake = !room && !pop && port.IsSettled ? long.MaxValue : cycle + 1;
    }
}
