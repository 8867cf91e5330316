using System.Runtime.CompilerServices;
using Hypgcn.Hardware;
using Hypgcn.Models;

namespace Hypgcn.Cycles;

/// <summary>Flow of a block's temporal stage, with the FIFOs in front of its engines and of its residual.</summary>
internal sealed class TemporalCycles
{
    private readonly RfcFifoModel _middle;
    private readonly RfcFifoModel? _fifo; // of the residual
    private readonly TemporalEnginesModel _engines;
    private readonly DownEnginesModel? _residual;
    private readonly FinishModel _finish;
    private readonly RowSource _rows;
    private readonly RowSource _residualRows;
    private readonly bool _skip;

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="skip">Units in which nothing happens are left out.</param>
    public TemporalCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, Queue<StageCounter> counters, bool skip)
    {
        var p = block.Parameters;
        _skip = skip;
        _middle = new RfcFifoModel(block.Fifos.Middle.Depth);
        _fifo = block.Fifos.Residual is { } residual ? new RfcFifoModel(residual.Depth) : null;
        _engines = new TemporalEnginesModel(block, [.. Enumerable.Range(0, p.TemporalEngines).Select(_ => counters.Dequeue())]);
        _residual = block.HasResidualConvolution
            ? new DownEnginesModel(block.InBanks, block.Residual, [.. Enumerable.Range(0, p.ResidualEngines).Select(_ => counters.Dequeue())])
            : null;
        _finish = new FinishModel(
            p.TemporalGroups, p.TemporalFinish, block.OutBanks,
            block.Integers.Residual == ResidualKind.Identity ? FinishSide.Banks : block.HasResidualConvolution ? FinishSide.Words : FinishSide.None,
            p.ResidualChannels, counters.Dequeue(), skip);
        _rows = RowSource.Middle(block, clips);
        _residualRows = RowSource.Residual(block, clips);
    }

    /// <summary>From which cycle on there is a bank.</summary>
    public long OutCycle => _finish.OutCycle;

    /// <summary>A bank of z can be taken.</summary>
    public bool Ready => _middle.Ready;

    /// <summary>The block has a residual.</summary>
    public bool HasResidual => _fifo is not null;

    /// <summary>A bank of x can be taken.</summary>
    public bool ResidualReady => _fifo is null || _fifo.Ready;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    // From which cycle on the finish stage has something to add: a bank of the FIFO, if it has one, is there already.
    private long Side => _residual is not null ? _residual.OutCycle : _fifo?.Valid == true ? 0 : long.MaxValue;

    private bool Load => _middle.Valid && _engines.Ready;

    private bool ResidualLoad => _residual is not null && _fifo!.Valid && _residual.Ready;

    /// <summary>A cycle in which something happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="accept">A bank of z is taken.</param>
    /// <param name="residual">A bank of x is taken.</param>
    /// <param name="pop">The reader behind takes a bank.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // in one method with all units there are too few registers
    public void Step(long cycle, bool accept, bool residual, bool pop)
    {
        // What depends on several units is decided before any of them moves.
        var (load, residualLoad) = (Load, ResidualLoad);
        _finish.Decide(cycle, _engines.OutCycle, Side);
        _engines.Step(cycle, _rows, load, _finish.WordPop, _skip);
        _residual?.Step(cycle, _residualRows, residualLoad, _finish.SideWordPop, _skip);
        _middle.Step(accept, load);
        _fifo?.Step(residual, _residual is null ? _finish.BankPop : residualLoad);
        _finish.Commit(cycle, pop);
        _finish.Settle(cycle, _engines.OutCycle, Side);
        Wake = _middle.Moves || Load || _fifo?.Moves == true || ResidualLoad ? cycle + 1 : Math.Min(
            Math.Min(_engines.Wake, _finish.Wake), _residual is null ? long.MaxValue : _residual.Wake);
    }
}
