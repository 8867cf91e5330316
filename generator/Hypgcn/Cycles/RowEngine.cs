namespace Hypgcn.Cycles;

/// <summary>An engine that takes rows and gives words.</summary>
internal abstract class RowEngine : WordSource
{
    /// <summary>From which cycle on a bank can be taken; <see cref="long.MaxValue"/> where that is not known.</summary>
    public abstract long ReadyCycle { get; }

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; protected set; } = long.MaxValue;

    /// <summary>A cycle in which something happens, before what is taken from or given to the engine in the same.</summary>
    public abstract void Step(long cycle);

    /// <summary>A bank is taken, in this cycle or ahead of it.</summary>
    /// <param name="cycle">In which it is taken.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    /// <param name="rows">What the rows have to be done for.</param>
    public abstract void Load(long cycle, long now, RowSource rows);
}
