using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of block_fork.v: a block's banks to its spatial stage, and those of every stride-th frame to its residual.</summary>
internal sealed class BlockFork : BankSink
{
    private readonly BlockCycles _block;
    private readonly SpatialCycles _spatial;
    private readonly TemporalCycles _temporal;
    private readonly int _frameBanks;
    private readonly int _frames;
    private readonly int _stride;
    private int _bank;
    private int _frame;
    private bool _isWanted; // by the residual

    /// <param name="block">Settles both stages.</param>
    /// <param name="design">The block's design.</param>
    /// <param name="spatial">Its spatial stage.</param>
    /// <param name="temporal">Its temporal stage.</param>
    public BlockFork(BlockCycles block, BlockDesign design, SpatialCycles spatial, TemporalCycles temporal)
    {
        (_block, _spatial, _temporal) = (block, spatial, temporal);
        (_frameBanks, _frames, _stride) = (design.FrameBanks, design.Frames, design.Integers.Stride);
        _isWanted = temporal.HasResidual;
    }

    /// <inheritdoc/>
    public override long ReadyCycle => _isWanted ? Math.Max(_spatial.ReadyCycle, _temporal.ResidualReadyCycle) : _spatial.ReadyCycle;

    /// <inheritdoc/>
    public override void Accept(long cycle, long now)
    {
        _spatial.Accept(cycle, now);
        if (_isWanted)
        {
            _temporal.AcceptResidual(cycle, now);
        }
        if (++_bank == _frameBanks)
        {
            _bank = 0;
            _frame = _frame == _frames - 1 ? 0 : _frame + 1;
            _isWanted = _temporal.HasResidual && _frame % _stride == 0;
        }
    }

    /// <inheritdoc/>
    public override void Settle(long cycle) => _block.Settle(cycle);
}
