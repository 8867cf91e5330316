namespace Hypgcn.Cycles;

/// <summary>What takes the banks of the stage in front of it.</summary>
internal abstract class BankSink
{
    /// <summary>From which cycle on the next bank can be taken; <see cref="long.MaxValue"/> where that is not known.</summary>
    public abstract long ReadyCycle { get; }

    /// <summary>A bank is taken, in this cycle or ahead of it; <see cref="Settle"/> has to follow.</summary>
    /// <param name="cycle">In which it is taken.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    public abstract void Accept(long cycle, long now);

    /// <summary>Finds out again when something happens next.</summary>
    /// <param name="cycle">The cycle that everything has come to.</param>
    public abstract void Settle(long cycle);
}
