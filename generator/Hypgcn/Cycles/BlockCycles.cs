using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of one generated block: its two stages and the fork in front of them.</summary>
internal sealed class BlockCycles : BankSource, IBankSink
{
    private readonly SpatialCycles _spatial;
    private readonly TemporalCycles _temporal;
    private readonly BankLink _middle;
    private readonly int _frameBanks;
    private readonly int _frames;
    private readonly int _stride;
    private readonly bool _ahead;
    private int _forkBank;
    private int _forkFrame;
    private bool _isWanted; // by the residual

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="ahead">Everything is done as far ahead as it is known when; units in which nothing happens are left out.</param>
    public BlockCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, IEnumerable<StageCounter> counters, bool ahead)
    {
        (_frameBanks, _frames, _stride, _ahead) = (block.FrameBanks, block.Frames, block.Integers.Stride, ahead);
        var stages = new Queue<StageCounter>(counters);
        _spatial = new SpatialCycles(block, clips, stages, ahead);
        _temporal = new TemporalCycles(block, clips, stages, ahead);
        _middle = new BankLink(_spatial, _temporal, ahead);
        _isWanted = _temporal.HasResidual;
    }

    /// <inheritdoc/>
    public override long OutCycle => _temporal.OutCycle;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake => Math.Min(_spatial.Wake, _temporal.Wake);

    /// <inheritdoc/>
    /// <remarks>Source: block_fork.v.</remarks>
    public long ReadyCycle => _isWanted ? Math.Max(_spatial.ReadyCycle, _temporal.ResidualReadyCycle) : _spatial.ReadyCycle;

    /// <summary>A cycle in which something happens, before <see cref="Accept"/> and <see cref="Pop"/> of the same.</summary>
    public void Step(long cycle)
    {
        if (cycle >= _spatial.Wake || !_ahead)
        {
            _spatial.Step(cycle);
        }
        if (cycle >= _temporal.Wake || !_ahead)
        {
            _temporal.Step(cycle);
        }
        _middle.Commit(cycle);
    }

    /// <inheritdoc/>
    public void Accept(long cycle, long now)
    {
        _spatial.Accept(cycle, now);
        if (_isWanted)
        {
            _temporal.AcceptResidual(cycle, now);
        }
        if (++_forkBank == _frameBanks)
        {
            _forkBank = 0;
            _forkFrame = _forkFrame == _frames - 1 ? 0 : _forkFrame + 1;
            _isWanted = _temporal.HasResidual && _forkFrame % _stride == 0;
        }
    }

    /// <inheritdoc/>
    public override void Pop(long cycle) => _temporal.Pop(cycle);

    /// <inheritdoc/>
    public override void Settle(long cycle)
    {
        _spatial.Settle(cycle);
        _temporal.Settle(cycle);
    }
}
