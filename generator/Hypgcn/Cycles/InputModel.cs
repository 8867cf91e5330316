using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of data_norm.v behind an input port.</summary>
internal sealed class InputModel(AcceleratorDesign design, IInputPort port, StageCounter counter) : BankSource
{
    private const int OutDepth = 8;
    private const int OutLatency = 8; // last channel of a bank accepted -> bank can be seen behind the output FIFO

    private readonly CycleQueue _out = new();
    private readonly FifoPlaces _places = new(OutDepth);
    private readonly int _channels = design.Model.InputChannels;
    private int _channel;

    /// <inheritdoc/>
    public override long OutCycle => _out.First;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; }

    /// <summary>A cycle in which something happens.</summary>
    public void Step(long cycle)
    {
        var room = _channel % 16 != 0 || _places.First <= cycle;
        var fire = port.Evaluate(cycle) && room;
        counter.Set(cycle, fire, !room);
        port.Commit(cycle, fire);
        if (fire)
        {
            if (_channel % 16 == 0)
            {
                _places.Take(cycle);
            }
            if (_channel % 16 == 15 || _channel == _channels - 1)
            {
                _out.Add(cycle + OutLatency);
            }
            _channel = _channel == _channels - 1 ? 0 : _channel + 1;
        }
        Wake = !room && port.IsSettled ? _places.First : cycle + 1;
    }

    /// <inheritdoc/>
    public override void Pop(long cycle)
    {
        _out.Take();
        _places.Add(cycle + 1);
    }

    /// <inheritdoc/>
    public override void Settle(long cycle) => Wake = Math.Min(Wake, Math.Max(cycle + 1, _places.First));
}
