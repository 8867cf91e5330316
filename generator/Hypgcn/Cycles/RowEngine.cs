namespace Hypgcn.Cycles;

/// <summary>An engine that takes rows and gives words.</summary>
/// <param name="rows">Its row engine.</param>
internal abstract class RowEngine(RowEngineModel rows) : WordSource
{
    /// <inheritdoc/>
    public override long OutCycle => Words.First;

    /// <inheritdoc/>
    public override int OutRun => Words.Run;

    /// <summary>From which cycle on a bank can be taken; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long ReadyCycle => Rows.ReadyCycle;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; protected set; } = long.MaxValue;

    /// <summary>The row engine.</summary>
    protected RowEngineModel Rows { get; } = rows;

    /// <summary>From which cycles on there are words.</summary>
    protected CycleQueue Words { get; } = new();

    /// <summary>A cycle in which something happens, before what is taken from or given to the engine in the same.</summary>
    public abstract void Step(long cycle);

    /// <summary>A bank is taken, in this cycle or ahead of it.</summary>
    /// <param name="cycle">In which it is taken.</param>
    /// <param name="now">The cycle that everything has come to.</param>
    /// <param name="source">What the rows have to be done for.</param>
    public void Load(long cycle, long now, RowSource source)
    {
        if (Rows.Load())
        {
            Rows.Complete(cycle, source.Next());
            Settle(now);
        }
    }

    /// <summary>Says when something happens next, and counts.</summary>
    protected abstract void Settle(long cycle);
}
