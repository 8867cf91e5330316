using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Counts a stage's busy and blocked cycles, as stage_counter.v does. Cycles in which nothing changes are counted together.</summary>
internal sealed class StageCounter(string name)
{
    private long _busyCycles;
    private long _blockedCycles;
    private long _from;
    private bool _busy;
    private bool _blocked;

    /// <summary>What the stage does from a cycle on, until the next call.</summary>
    public void Set(long cycle, bool busy, bool blocked)
    {
        if (busy != _busy || blocked != _blocked)
        {
            CountTo(cycle);
            (_busy, _blocked) = (busy, blocked);
        }
    }

    /// <summary>The counts of cycles 0 to <paramref name="total"/> - 1.</summary>
    public StageCycles Read(long total)
    {
        CountTo(total);
        return new StageCycles(name, _busyCycles, _blockedCycles, total);
    }

    private void CountTo(long cycle)
    {
        _busyCycles += _busy ? cycle - _from : 0;
        _blockedCycles += _blocked ? cycle - _from : 0;
        _from = cycle;
    }
}
