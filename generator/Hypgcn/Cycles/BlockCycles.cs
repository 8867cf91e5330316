using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of one generated block: its two stages and the fork in front of them.</summary>
internal sealed class BlockCycles : BankSource
{
    private readonly SpatialCycles _spatial;
    private readonly TemporalCycles _temporal;
    private readonly BankLink _middle;
    private readonly bool _ahead;

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="ahead">Everything is done as far ahead as it is known when; units in which nothing happens are left out.</param>
    public BlockCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, IEnumerable<StageCounter> counters, bool ahead)
    {
        _ahead = ahead;
        var stages = new Queue<StageCounter>(counters);
        _spatial = new SpatialCycles(block, clips, stages, ahead);
        _temporal = new TemporalCycles(block, clips, stages, ahead);
        _middle = new BankLink(_spatial, _temporal, ahead);
        Fork = new BlockFork(this, block, _spatial, _temporal);
    }

    /// <summary>Takes its banks.</summary>
    public BlockFork Fork { get; }

    /// <inheritdoc/>
    public override long OutCycle => _temporal.OutCycle;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>A cycle in which something happens, before banks are taken and given in it.</summary>
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
        Wake = Math.Min(_spatial.Wake, _temporal.Wake);
    }

    /// <inheritdoc/>
    public override void Pop(long cycle) => _temporal.Pop(cycle);

    /// <inheritdoc/>
    public override void Settle(long cycle)
    {
        _spatial.Settle(cycle);
        _temporal.Settle(cycle);
        Wake = Math.Min(_spatial.Wake, _temporal.Wake);
    }
}
