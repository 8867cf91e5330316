namespace Hypgcn.Cycles;

/// <summary>What gives words to a finish stage.</summary>
internal abstract class WordSource
{
    /// <summary>From which cycle on there is a word; <see cref="long.MaxValue"/> where none is known of.</summary>
    public abstract long OutCycle { get; }

    /// <summary>How many there are in cycles one after another from then on.</summary>
    public abstract int OutRun { get; }

    /// <summary>Words are taken, in cycles one after another from this one on or ahead of it.</summary>
    /// <param name="cycle">In which the first is taken.</param>
    /// <param name="count">How many.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    public abstract void Pop(long cycle, int count, long now);
}
