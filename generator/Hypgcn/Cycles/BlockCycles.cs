using Hypgcn.Hardware;
using Hypgcn.Models;

namespace Hypgcn.Cycles;

/// <summary>Flow of one generated block: its engines and FIFOs, stepped together.</summary>
internal sealed class BlockCycles
{
    private readonly BlockDesign _block;
    private readonly GraphModel _graph;
    private readonly ArrayModel _array;
    private readonly DownModel? _down;
    private readonly RfcFifoModel _spatialFifo;
    private readonly FinishModel _spatialFinish;
    private readonly RfcFifoModel _middleFifo;
    private readonly RfcFifoModel? _residualFifo;
    private readonly TemporalEnginesModel _temporal;
    private readonly DownModel? _residual;
    private readonly FinishModel _temporalFinish;
    private readonly RowSource _downRows;
    private readonly RowSource _temporalRows;
    private readonly RowSource _residualRows;
    private readonly bool _skip;
    private int _forkBank;
    private int _forkFrame;
    private int _forkPhase; // of the frame: modulo the stride

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="skip">Units in which nothing happens are left out.</param>
    public BlockCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, IReadOnlyList<StageCounter> counters, bool skip)
    {
        (_block, _skip) = (block, skip);
        var p = block.Parameters;
        var at = 0;
        _graph = new GraphModel(block, RowSource.Channels(block, clips), counters[at++]);
        _array = new ArrayModel(block, counters[at++]);
        _down = block.HasDown ? new DownModel(block.InBanks, block.Down, counters[at++]) : null;
        _spatialFifo = new RfcFifoModel(block.Fifos.Spatial.Depth);
        _spatialFinish = new FinishModel(
            p.ArrayChannels, p.SpatialFinish, block.OutBanks, block.HasDown ? FinishSide.Words : FinishSide.Banks, p.DownChannels, counters[at++]);
        _middleFifo = new RfcFifoModel(block.Fifos.Middle.Depth);
        _residualFifo = block.Fifos.Residual is { } residual ? new RfcFifoModel(residual.Depth) : null;
        _temporal = new TemporalEnginesModel(block, [.. counters.Skip(at).Take(p.TemporalEngines)]);
        at += p.TemporalEngines;
        _residual = block.HasResidualConvolution ? new DownModel(block.InBanks, block.Residual, counters[at++]) : null;
        _temporalFinish = new FinishModel(
            p.TemporalGroups, p.TemporalFinish, block.OutBanks,
            block.Integers.Residual == ResidualKind.Identity ? FinishSide.Banks : block.HasResidualConvolution ? FinishSide.Words : FinishSide.None,
            p.ResidualChannels, counters[at]);
        _downRows = RowSource.Spatial(block, clips);
        _temporalRows = RowSource.Middle(block, clips);
        _residualRows = RowSource.Residual(block, clips);
        UpdateReady();
    }

    /// <summary>From which cycle on there is a bank.</summary>
    public long OutCycle => _temporalFinish.OutCycle;

    /// <summary>The block can take a bank (block_fork.v).</summary>
    public bool Ready { get; private set; }

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    private bool Wanted => _residualFifo is not null && _forkPhase == 0;

    // From which cycle on the finish stages have something to add: a bank of a FIFO that has one is there already.
    private long SpatialSide => _down is null ? Valid(_spatialFifo) : _down.OutCycle;

    private long TemporalSide => _residual is not null ? _residual.OutCycle : _residualFifo is null ? long.MaxValue : Valid(_residualFifo);

    /// <summary>A cycle in which something happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="accept">The block takes a bank.</param>
    /// <param name="outPop">The reader behind takes one.</param>
    public void Step(long cycle, bool accept, bool outPop)
    {
        // What depends on several units is decided before any of them moves.
        var middlePush = _spatialFinish.OutCycle <= cycle && _middleFifo.Ready;
        var middlePop = _middleFifo.Valid && _temporal.Ready;
        Decide(_spatialFinish, cycle, _array.OutCycle, SpatialSide);
        Decide(_temporalFinish, cycle, _temporal.OutCycle, TemporalSide);
        StepSpatial(cycle, accept, middlePush);
        StepTemporal(cycle, accept && Wanted, middlePop, outPop);
        Move(_middleFifo, middlePush, middlePop);
        if (accept && ++_forkBank == _block.FrameBanks)
        {
            _forkBank = 0;
            _forkFrame = _forkFrame == _block.Frames - 1 ? 0 : _forkFrame + 1;
            _forkPhase = _forkFrame % _block.Integers.Stride;
        }
        UpdateReady();
        _spatialFinish.Settle(cycle, _array.OutCycle, SpatialSide);
        _temporalFinish.Settle(cycle, _temporal.OutCycle, TemporalSide);
        Wake = Next(cycle);
    }

    private void StepSpatial(long cycle, bool accept, bool middlePush)
    {
        var load = _down is not null && _spatialFifo.Valid && _down.Ready;
        var (reserve, complete) = (false, false);
        if (cycle >= _graph.Wake || !_skip)
        {
            complete = _graph.Step(cycle, out reserve);
        }
        if (accept)
        {
            _graph.Write(cycle);
        }
        if (cycle >= _array.Wake || reserve || complete || _spatialFinish.WordPop || !_skip)
        {
            _array.Step(cycle, reserve, complete, _spatialFinish.WordPop);
            _graph.Free(cycle, _array.UFree);
        }
        if (_down is not null)
        {
            Step(_down, cycle, _downRows, load, _spatialFinish.SideWordPop);
        }
        Move(_spatialFifo, accept, _down is null ? _spatialFinish.BankPop : load);
        _spatialFinish.Commit(cycle, middlePush);
    }

    private void StepTemporal(long cycle, bool wanted, bool middlePop, bool outPop)
    {
        if (cycle >= _temporal.Wake || middlePop || _temporalFinish.WordPop || !_skip)
        {
            _temporal.Step(cycle, _temporalRows, middlePop, _temporalFinish.WordPop, _skip);
        }
        if (_residualFifo is not null)
        {
            var load = _residual is not null && _residualFifo.Valid && _residual.Ready;
            if (_residual is not null)
            {
                Step(_residual, cycle, _residualRows, load, _temporalFinish.SideWordPop);
            }
            Move(_residualFifo, wanted, _residual is null ? _temporalFinish.BankPop : load);
        }
        _temporalFinish.Commit(cycle, outPop);
    }

    private void Decide(FinishModel finish, long cycle, long word, long side)
    {
        if (cycle >= finish.Wake || !_skip)
        {
            finish.Evaluate(cycle, word, side);
        }
        else
        {
            finish.Skip();
        }
    }

    private void Step(DownModel down, long cycle, RowSource rows, bool load, bool pop)
    {
        if (cycle >= down.Wake || !_skip)
        {
            down.Step(cycle);
        }
        if (load)
        {
            down.Load(cycle, rows);
        }
        if (pop)
        {
            down.Pop(cycle);
        }
    }

    private static void Move(RfcFifoModel fifo, bool push, bool pop)
    {
        if (push || pop || fifo.Moves)
        {
            fifo.Commit(push, pop);
        }
    }

    private static long Valid(RfcFifoModel fifo) => fifo.Valid ? 0 : long.MaxValue;

    private void UpdateReady() => Ready = _graph.Ready && _spatialFifo.Ready && (!Wanted || _residualFifo!.Ready);

    private long Next(long cycle)
    {
        var isMoving = _spatialFifo.Moves || _middleFifo.Moves || (_middleFifo.Valid && _temporal.Ready)
            || (_down is not null && _spatialFifo.Valid && _down.Ready)
            || (_residualFifo is not null && (_residualFifo.Moves || (_residual is not null && _residualFifo.Valid && _residual.Ready)));
        if (isMoving)
        {
            return cycle + 1;
        }
        var next = Math.Min(Math.Min(_graph.Wake, _array.Wake), Math.Min(_spatialFinish.Wake, _temporalFinish.Wake));
        next = Math.Min(next, Math.Min(_temporal.Wake, _down?.Wake ?? long.MaxValue));
        next = Math.Min(next, _residual?.Wake ?? long.MaxValue);
        return _middleFifo.Ready ? Math.Min(next, Math.Max(cycle + 1, _spatialFinish.OutCycle)) : next;
    }
}
