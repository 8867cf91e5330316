using System.Runtime.CompilerServices;
using Hypgcn.Hardware;
using Hypgcn.Models;

namespace Hypgcn.Cycles;

/// <summary>Flow of a block's temporal stage, with the FIFOs in front of its engines and of its residual.</summary>
internal sealed class TemporalCycles : BankSink
{
    private readonly RfcFifoModel _middle;
    private readonly RfcFifoModel? _fifo; // of the residual
    private readonly RowEnginesModel _engines;
    private readonly RowEnginesModel? _residual;
    private readonly BankRegister? _register;
    private readonly FinishModel _finish;

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="ahead">Everything is done as far ahead as it is known when; units in which nothing happens are left out.</param>
    public TemporalCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, Queue<StageCounter> counters, bool ahead)
    {
        var p = block.Parameters;
        _middle = new RfcFifoModel(block.Fifos.Middle.Depth);
        _fifo = block.Fifos.Residual is { } residual ? new RfcFifoModel(residual.Depth) : null;
        _engines = new RowEnginesModel(
            _middle, RowSource.Middle(block, clips),
            [.. Enumerable.Range(0, p.TemporalEngines).Select(engine => new TemporalModel(block, block.EngineJoints(engine), counters.Dequeue(), ahead))],
            Enumerable.Range(0, block.Joints).Select(block.EngineOf), (block.OutBanks, block.Temporal.GroupChannels), ahead);
        _residual = block.HasResidualConvolution
            ? DownModel.Engines(_fifo!, RowSource.Residual(block, clips), block.Residual, p.ResidualEngines, block.InBanks, counters, ahead)
            : null;
        _register = block.Integers.Residual == ResidualKind.Identity ? new BankRegister(_fifo!, ahead) : null;
        _finish = new FinishModel(
            new FinishShape(p.TemporalGroups, p.TemporalFinish, block.OutBanks, block.HasResidualConvolution ? p.ResidualChannels : 16),
            _engines, _residual is null ? _register : _residual, counters.Dequeue(), ahead);
    }

    /// <summary>From which cycle on there is a bank; <see cref="long.MaxValue"/> where none is known of.</summary>
    public long OutCycle => _finish.OutCycle;

    /// <summary>The block has a residual.</summary>
    public bool HasResidual => _fifo is not null;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <inheritdoc/>
    public override long ReadyCycle => _middle.ReadyCycle;

    /// <summary>From which cycle on a bank of x can be taken; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long ResidualReadyCycle => _fifo!.ReadyCycle;

    /// <summary>A cycle in which something happens, before <see cref="Accept"/>, <see cref="AcceptResidual"/> and <see cref="Pop"/> of the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // in one method with all units there are too few registers
    public void Step(long cycle)
    {
        _register?.Take(cycle);
        _engines.Step(cycle);
        _residual?.Step(cycle);
        _finish.Step(cycle);
        Settle(cycle);
    }

    /// <summary>A bank of z is taken.</summary>
    /// <param name="cycle">In which it is taken.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    public override void Accept(long cycle, long now)
    {
        _middle.Push(cycle);
        _engines.Load(now);
    }

    /// <summary>A bank of x is taken.</summary>
    /// <param name="cycle">In which it is taken.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    public void AcceptResidual(long cycle, long now)
    {
        _fifo!.Push(cycle);
        _register?.Take(now);
        _residual?.Load(now);
    }

    /// <summary>A bank is taken by the reader behind, in this cycle or ahead of it; <see cref="Settle"/> has to follow.</summary>
    public void Pop(long cycle) => _finish.Pop(cycle);

    /// <inheritdoc/>
    public override void Settle(long cycle)
    {
        _finish.Settle(cycle);
        Wake = Math.Min(Math.Min(_engines.Wake, _finish.Wake), _residual?.Wake ?? long.MaxValue);
    }
}
