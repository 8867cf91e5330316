using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of one generated block: its two stages and the fork in front of them.</summary>
internal sealed class BlockCycles
{
    private readonly SpatialCycles _spatial;
    private readonly TemporalCycles _temporal;
    private readonly int _frameBanks;
    private readonly int _frames;
    private readonly int _stride;
    private readonly bool _skip;
    private int _forkBank;
    private int _forkFrame;
    private int _forkPhase; // of the frame: modulo the stride

    /// <param name="block">The block.</param>
    /// <param name="clips">What is run.</param>
    /// <param name="counters">Of its stages.</param>
    /// <param name="skip">Units in which nothing happens are left out.</param>
    public BlockCycles(BlockDesign block, IReadOnlyList<ClipActivity> clips, IEnumerable<StageCounter> counters, bool skip)
    {
        (_frameBanks, _frames, _stride, _skip) = (block.FrameBanks, block.Frames, block.Integers.Stride, skip);
        var stages = new Queue<StageCounter>(counters);
        _spatial = new SpatialCycles(block, clips, stages, skip);
        _temporal = new TemporalCycles(block, clips, stages, skip);
        UpdateReady();
    }

    /// <summary>From which cycle on there is a bank.</summary>
    public long OutCycle => _temporal.OutCycle;

    /// <summary>The block can take a bank (block_fork.v).</summary>
    public bool Ready { get; private set; }

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    private bool Wanted => _forkPhase == 0 && _temporal.HasResidual;

    /// <summary>A cycle in which something happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="accept">The block takes a bank.</param>
    /// <param name="pop">The reader behind takes one.</param>
    public void Step(long cycle, bool accept, bool pop)
    {
        var middle = _spatial.OutCycle <= cycle && _temporal.Ready;
        var residual = accept && Wanted;
        if (cycle >= _spatial.Wake || accept || middle || !_skip)
        {
            _spatial.Step(cycle, accept, middle);
        }
        if (cycle >= _temporal.Wake || middle || residual || pop || !_skip)
        {
            _temporal.Step(cycle, middle, residual, pop);
        }
        if (accept && ++_forkBank == _frameBanks)
        {
            _forkBank = 0;
            _forkFrame = _forkFrame == _frames - 1 ? 0 : _forkFrame + 1;
            _forkPhase = _forkFrame % _stride;
        }
        UpdateReady();
        var next = _temporal.Ready ? Math.Max(cycle + 1, _spatial.OutCycle) : long.MaxValue;
        Wake = Math.Min(next, Math.Min(_spatial.Wake, _temporal.Wake));
    }

    private void UpdateReady() => Ready = _spatial.Ready && (!Wanted || _temporal.ResidualReady);
}
