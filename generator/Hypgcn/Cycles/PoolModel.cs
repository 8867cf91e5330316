using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of pool.v. A bank takes its cycles one after another as soon as the sums of its clip have a place.</summary>
internal sealed class PoolModel(AcceleratorDesign design, StageCounter counter) : BankSink
{
    private readonly int _bankChunks = 16 / design.Parameters.PoolWidth;
    private readonly long _clipBanks = (long)design.PoolRows * design.Blocks[^1].OutBanks;
    private readonly long[] _freeFrom = new long[2]; // places of sums
    private readonly long[] _fullFrom = [long.MaxValue, long.MaxValue];
    private long _bank;
    private int _slot;
    private int _readSlot;
    private long _readyCycle;
    private long _waitsFrom = long.MaxValue; // a bank, for a place of sums

    /// <inheritdoc/>
    public override long ReadyCycle => _readyCycle;

    /// <summary>From which cycle on the sums of a clip are complete; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long FullCycle => _fullFrom[_readSlot];

    /// <inheritdoc/>
    public override void Accept(long cycle, long now) => Begin(cycle + 1);

    /// <inheritdoc/>
    public override void Settle(long cycle)
    {
        // Nothing happens in it by itself.
    }

    /// <summary>The sums of a clip are used up.</summary>
    public void Release(long cycle)
    {
        (_freeFrom[_readSlot], _fullFrom[_readSlot]) = (cycle + 1, long.MaxValue);
        _readSlot = 1 - _readSlot;
        if (_waitsFrom != long.MaxValue)
        {
            Begin(_waitsFrom);
        }
    }

    private void Begin(long valid)
    {
        var start = Math.Max(valid, _freeFrom[_slot]);
        counter.Set(valid, start == valid, start != valid);
        if (start == long.MaxValue)
        {
            (_waitsFrom, _readyCycle) = (valid, long.MaxValue);
            return;
        }
        var end = start + _bankChunks;
        counter.Set(start, true, false);
        counter.Set(end, false, false);
        // The next one is taken with the last chunk.
        (_waitsFrom, _readyCycle) = (long.MaxValue, end - 1);
        if (++_bank == _clipBanks)
        {
            _bank = 0;
            (_freeFrom[_slot], _fullFrom[_slot]) = (long.MaxValue, end);
            _slot = 1 - _slot;
        }
    }
}
