using System.Runtime.CompilerServices;
using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of a block's spatial stage, with the FIFO in front of its shortcut.</summary>
internal sealed class SpatialCycles : BankSource
{
    private readonly GraphModel _graph;
    private readonly ArrayModel _array;
    private readonly RowEnginesModel? _down;
    private readonly RfcFifoModel _fifo;
    private readonly BankRegister? _register;
    private readonly FinishModel _finish;
    private readonly bool _ahead;

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="ahead">Everything is done as far ahead as it is known when; units in which nothing happens are left out.</param>
    public SpatialCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, Queue<StageCounter> counters, bool ahead)
    {
        var p = block.Parameters;
        _ahead = ahead;
        _graph = new GraphModel(block, RowSource.Channels(block, clips), counters.Dequeue());
        _array = new ArrayModel(block, counters.Dequeue(), ahead);
        _fifo = new RfcFifoModel(block.Fifos.Spatial.Depth);
        _down = block.HasDown ? DownModel.Engines(_fifo, RowSource.Spatial(block, clips), block.Down, p.DownEngines, block.InBanks, counters, ahead) : null;
        _register = block.HasDown ? null : new BankRegister(_fifo, ahead);
        _finish = new FinishModel(
            new FinishShape(p.ArrayChannels, p.SpatialFinish, block.OutBanks, block.HasDown ? p.DownChannels : 16),
            _array, _down is null ? _register : _down, counters.Dequeue(), ahead);
    }

    /// <inheritdoc/>
    public override long OutCycle => _finish.OutCycle;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on a bank can be taken; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long ReadyCycle => Math.Max(_graph.ReadyCycle, _fifo.ReadyCycle);

    /// <summary>A cycle in which something happens, before <see cref="Accept"/> and <see cref="Pop"/> of the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // in one method with all units there are too few registers
    public void Step(long cycle)
    {
        _register?.Take(cycle);
        var (reserve, complete) = (false, false);
        if (cycle >= _graph.Wake || !_ahead)
        {
            complete = _graph.Step(cycle, out reserve);
        }
        if (cycle >= _array.Wake || reserve || complete || !_ahead)
        {
            _array.Step(cycle, reserve, complete);
            _graph.Free(cycle, _array.UFree);
        }
        _down?.Step(cycle);
        _finish.Step(cycle);
        Settle(cycle);
    }

    /// <summary>A bank is taken, in this cycle or ahead of it.</summary>
    /// <param name="cycle">In which it is taken.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    public void Accept(long cycle, long now)
    {
        _graph.Write(cycle, now);
        _fifo.Push(cycle);
        _register?.Take(now);
        _down?.Load(now);
    }

    /// <inheritdoc/>
    public override void Pop(long cycle) => _finish.Pop(cycle);

    /// <inheritdoc/>
    public override void Settle(long cycle)
    {
        _finish.Settle(cycle);
        Wake = Math.Min(Math.Min(_graph.Wake, _array.Wake), Math.Min(_finish.Wake, _down?.Wake ?? long.MaxValue));
    }
}
