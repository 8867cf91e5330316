using Hypgcn.Hardware;
using Hypgcn.Models;

namespace Hypgcn.Cycles;

/// <summary>Flow of one generated block: its engines and FIFOs, stepped together.</summary>
internal sealed class BlockCycles
{
    private readonly BlockDesign _block;
    private readonly ActivitySource _source;
    private readonly GraphModel _graph;
    private readonly ArrayModel _array;
    private readonly DownEnginesModel? _down;
    private readonly RfcFifoModel _spatialFifo;
    private readonly FinishModel _spatialFinish;
    private readonly RfcFifoModel _middleFifo;
    private readonly RfcFifoModel? _residualFifo;
    private readonly TemporalEnginesModel _temporal;
    private readonly DownEnginesModel? _residual;
    private readonly FinishModel _temporalFinish;
    private readonly Func<int> _downWork;
    private readonly Func<int> _temporalWork;
    private readonly Func<int> _residualWork;
    private readonly bool _identity;
    private int _forkBank;
    private int _forkFrame;
    private int _forkPhase; // of the frame: modulo the stride
    private int _downRow;
    private int _mainRow;
    private int _residualRow;
    private bool _accept;

    public BlockCycles(BlockDesign block, ActivitySource source, IReadOnlyList<StageCounter> counters)
    {
        (_block, _source) = (block, source);
        var p = block.Parameters;
        var at = 0;
        _graph = new GraphModel(block, source.Channel, counters[at++]);
        _array = new ArrayModel(block, counters[at++]);
        StageCounter[] Next(int engines) => [.. counters.Skip((at += engines) - engines).Take(engines)];
        _down = block.HasDown ? new DownEnginesModel(block.InBanks, block.Down, Next(p.DownEngines)) : null;
        _spatialFifo = new RfcFifoModel(block.Fifos.Spatial.Depth);
        _spatialFinish = new FinishModel(
            p.ArrayChannels, p.SpatialFinish, block.OutBanks, block.HasDown ? FinishSide.Words : FinishSide.Banks, p.DownChannels, counters[at++]);
        _middleFifo = new RfcFifoModel(block.Fifos.Middle.Depth);
        _residualFifo = block.Fifos.Residual is { } residual ? new RfcFifoModel(residual.Depth) : null;
        _temporal = new TemporalEnginesModel(block, Next(p.TemporalEngines));
        _residual = block.HasResidualConvolution ? new DownEnginesModel(block.InBanks, block.Residual, Next(p.ResidualEngines)) : null;
        _identity = block.Integers.Residual == ResidualKind.Identity;
        _temporalFinish = new FinishModel(
            p.TemporalGroups, p.TemporalFinish, block.OutBanks,
            _identity ? FinishSide.Banks : block.HasResidualConvolution ? FinishSide.Words : FinishSide.None, p.ResidualChannels, counters[at]);
        _downWork = () => _source.Input(_downRow++);
        _temporalWork = () => _source.Middle(_mainRow++);
        _residualWork = () => _source.Residual(_residualRow++);
    }

    public bool OutValid => _temporalFinish.OutValid;

    /// <summary>The block can take a bank (block_fork.v).</summary>
    public bool Ready => _graph.Ready && _spatialFifo.Ready && (!Wanted || _residualFifo!.Ready);

    private bool Wanted => _residualFifo is not null && _forkPhase == 0;

    /// <summary>Decides everything that happens in this cycle.</summary>
    /// <param name="inValid">A bank is offered.</param>
    public void Evaluate(bool inValid)
    {
        _accept = inValid && Ready;
        _down?.Evaluate(_spatialFifo.Valid);
        _spatialFinish.Evaluate(_array.OutValid, _down is null ? _spatialFifo.Valid : _down.OutValid);
        _array.Evaluate();
        _graph.Evaluate(_array.UFree);
        _temporal.Evaluate(_middleFifo.Valid);
        _residual?.Evaluate(_residualFifo!.Valid);
        _temporalFinish.Evaluate(_temporal.OutValid, _residual is null ? _identity && _residualFifo!.Valid : _residual.OutValid);
    }

    /// <summary>Ends the cycle.</summary>
    /// <param name="outPop">The reader behind takes a bank.</param>
    public void Commit(bool outPop)
    {
        var wanted = _accept && Wanted;
        var middlePush = _spatialFinish.OutValid && _middleFifo.Ready;
        var middlePop = _middleFifo.Valid && _temporal.Ready;
        var shortcutPop = _down is null ? _spatialFinish.BankPop : _spatialFifo.Valid && _down.Ready;
        var residualPop = _residual is null ? _temporalFinish.BankPop : _residualFifo!.Valid && _residual.Ready;
        _temporal.Commit(_temporalWork, middlePop, _temporalFinish.WordPop);
        _residual?.Commit(_residualWork, residualPop, _temporalFinish.SideWordPop);
        _temporalFinish.Commit(outPop);
        _residualFifo?.Commit(wanted, residualPop);
        _middleFifo.Commit(middlePush, middlePop);
        var uComplete = _graph.Commit(_accept, out var reserve);
        _array.Commit(reserve, uComplete, _spatialFinish.WordPop);
        _down?.Commit(_downWork, shortcutPop, _spatialFinish.SideWordPop);
        _spatialFifo.Commit(_accept, shortcutPop);
        _spatialFinish.Commit(middlePush);
        if (_accept && ++_forkBank == _block.FrameBanks)
        {
            _forkBank = 0;
            _forkFrame = _forkFrame == _block.Frames - 1 ? 0 : _forkFrame + 1;
            _forkPhase = _forkFrame % _block.Integers.Stride;
        }
    }
}
