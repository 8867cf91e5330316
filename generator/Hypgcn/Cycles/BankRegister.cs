namespace Hypgcn.Cycles;

/// <summary>The register of finish.v that takes the banks of a shortcut out of their FIFO.</summary>
/// <param name="fifo">Has them.</param>
/// <param name="ahead">Banks are taken ahead of time.</param>
internal sealed class BankRegister(RfcFifoModel fifo, bool ahead) : WordSource
{
    private long _free; // from when on a bank can be taken
    private long _full = long.MaxValue; // from when on there is one

    /// <inheritdoc/>
    public override long OutCycle => _full;

    /// <inheritdoc/>
    public override int OutRun => 1;

    /// <summary>Takes a bank if there is a place, and the bank is there or will be.</summary>
    public void Take(long now)
    {
        var at = _full == long.MaxValue ? Math.Max(fifo.OutCycle, _free) : long.MaxValue;
        if (at <= now || (ahead && at != long.MaxValue))
        {
            fifo.Pop(at);
            _full = at + 1;
        }
    }

    /// <inheritdoc/>
    public override void Pop(long cycle, int count, long now)
    {
        (_full, _free) = (long.MaxValue, cycle);
        Take(now);
    }
}
