using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Counts a stage's busy and blocked cycles, as stage_counter.v does.</summary>
internal sealed class StageCounter(string name)
{
    private long _busy;
    private long _blocked;

    public void Step(bool busy, bool blocked)
    {
        _busy += busy ? 1 : 0;
        _blocked += blocked ? 1 : 0;
    }

    public StageCycles Read(long total) => new(name, _busy, _blocked, total);
}
