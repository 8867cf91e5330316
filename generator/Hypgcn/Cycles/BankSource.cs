namespace Hypgcn.Cycles;

/// <summary>What gives banks to the stage behind it.</summary>
internal abstract class BankSource
{
    /// <summary>From which cycle on there is a bank; <see cref="long.MaxValue"/> where none is known of.</summary>
    public abstract long OutCycle { get; }

    /// <summary>The bank is taken, in this cycle or ahead of it; <see cref="Settle"/> has to follow.</summary>
    public abstract void Pop(long cycle);

    /// <summary>Finds out again when something happens next.</summary>
    /// <param name="cycle">The cycle that everything has come to.</param>
    public abstract void Settle(long cycle);
}
