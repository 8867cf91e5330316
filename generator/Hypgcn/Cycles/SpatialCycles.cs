using System.Runtime.CompilerServices;
using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of a block's spatial stage, with the FIFO in front of its shortcut.</summary>
internal sealed class SpatialCycles
{
    private readonly GraphModel _graph;
    private readonly ArrayModel _array;
    private readonly DownEnginesModel? _down;
    private readonly RfcFifoModel _fifo;
    private readonly FinishModel _finish;
    private readonly RowSource _rows;
    private readonly bool _skip;

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="skip">Units in which nothing happens are left out.</param>
    public SpatialCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, Queue<StageCounter> counters, bool skip)
    {
        var p = block.Parameters;
        _skip = skip;
        _graph = new GraphModel(block, RowSource.Channels(block, clips), counters.Dequeue());
        _array = new ArrayModel(block, counters.Dequeue());
        _down = block.HasDown ? new DownEnginesModel(block.InBanks, block.Down, [.. Enumerable.Range(0, p.DownEngines).Select(_ => counters.Dequeue())]) : null;
        _fifo = new RfcFifoModel(block.Fifos.Spatial.Depth);
        _finish = new FinishModel(
            p.ArrayChannels, p.SpatialFinish, block.OutBanks, block.HasDown ? FinishSide.Words : FinishSide.Banks, p.DownChannels, counters.Dequeue(), skip);
        _rows = RowSource.Spatial(block, clips);
    }

    /// <summary>From which cycle on there is a bank.</summary>
    public long OutCycle => _finish.OutCycle;

    /// <summary>A bank can be taken.</summary>
    public bool Ready => _graph.Ready && _fifo.Ready;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    // From which cycle on the finish stage has something to add: a bank of the FIFO, if it has one, is there already.
    private long Side => _down is not null ? _down.OutCycle : _fifo.Valid ? 0 : long.MaxValue;

    private bool Load => _down is not null && _fifo.Valid && _down.Ready;

    /// <summary>A cycle in which something happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="accept">A bank is taken.</param>
    /// <param name="pop">The reader behind takes one.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // in one method with all units there are too few registers
    public void Step(long cycle, bool accept, bool pop)
    {
        // What depends on several units is decided before any of them moves.
        var load = Load;
        _finish.Decide(cycle, _array.OutCycle, Side);
        var (reserve, complete) = (false, false);
        if (cycle >= _graph.Wake || !_skip)
        {
            complete = _graph.Step(cycle, out reserve);
        }
        if (accept)
        {
            _graph.Write(cycle);
        }
        if (cycle >= _array.Wake || reserve || complete || !_skip)
        {
            _array.Step(cycle, reserve, complete);
            _graph.Free(cycle, _array.UFree);
        }
        if (_finish.WordPop)
        {
            _array.Pop(cycle);
        }
        _down?.Step(cycle, _rows, load, _finish.SideWordPop, _skip);
        _fifo.Step(accept, _down is null ? _finish.BankPop : load);
        _finish.Commit(cycle, pop);
        _finish.Settle(cycle, _array.OutCycle, Side);
        Wake = _fifo.Moves || Load ? cycle + 1 : Math.Min(
            Math.Min(_graph.Wake, _array.Wake), Math.Min(_finish.Wake, _down is null ? long.MaxValue : _down.Wake));
    }
}
