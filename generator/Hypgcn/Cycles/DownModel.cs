using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of down_engine.v.</summary>
internal sealed class DownModel : RowEngine
{
    // Last value of a pass issued -> its first sum can be seen.
    private const int SumsLatency = 8;

    private readonly StageCounter _counter;
    private readonly int _columns;
    private readonly int _passes;
    private readonly int _lastColumns;
    private readonly CycleQueue _pops = new();
    private int _startPass;
    private int _sumPass;
    private int _credit;

    /// <param name="banks">Banks of a row.</param>
    /// <param name="shape">Its lanes.</param>
    /// <param name="isOneOfSeveral">Whether rows go to other engines in turn: it has places for a whole row then.</param>
    /// <param name="counter">Its stage counter.</param>
    public DownModel(int banks, PointwiseShape shape, bool isOneOfSeveral, StageCounter counter)
        : base(new RowEngineModel(banks, 1, shape.Columns, [shape.Passes]))
    {
        (_columns, _passes, _lastColumns) = (shape.Columns, shape.Passes, shape.LastColumns);
        _credit = (isOneOfSeveral ? shape.Words : _columns) + _columns + 10;
        _counter = counter;
    }

    /// <summary>Engines that take turns, with their counters.</summary>
    /// <param name="fifo">Has the rows' banks.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="shape">The lanes of an engine.</param>
    /// <param name="engines">How many.</param>
    /// <param name="banks">Banks of a row.</param>
    /// <param name="counters">Theirs are taken.</param>
    /// <param name="ahead">Everything is done as far ahead as it is known when.</param>
    public static RowEnginesModel Engines(
        RfcFifoModel fifo, RowSource rows, PointwiseShape shape, int engines, int banks, Queue<StageCounter> counters, bool ahead) => new(
        fifo, rows, [.. Enumerable.Range(0, engines).Select(_ => new DownModel(banks, shape, engines > 1, counters.Dequeue()))],
        Enumerable.Range(0, engines), (banks, shape.Words), ahead);

    /// <inheritdoc/>
    public override void Step(long cycle)
    {
        var go = Go(cycle);
        Rows.Evaluate(cycle);
        if (Rows.PassEnd)
        {
            Words.Add(cycle + SumsLatency, WordsOf(ref _sumPass));
        }
        if (Rows.Start(cycle, go))
        {
            _credit -= WordsOf(ref _startPass);
        }
        Settle(cycle);
    }

    /// <inheritdoc/>
    public override void Pop(long cycle, int count, long now)
    {
        Words.Take(count);
        _pops.Add(cycle, count);
        if (Rows.PendingCycle != long.MaxValue)
        {
            Settle(now);
        }
    }

    private bool Go(long cycle)
    {
        _credit += _pops.TakeBefore(cycle);
        return _credit >= _columns;
    }

    /// <inheritdoc/>
    protected override void Settle(long cycle)
    {
        var (pending, go) = (Rows.PendingCycle, Go(cycle + 1));
        _counter.Set(cycle + 1, Rows.Busy, pending <= cycle + 1 && !go);
        Wake = Rows.Busy ? Rows.EndCycle
            : pending == long.MaxValue ? long.MaxValue
            : pending > cycle + 1 ? pending - 1
            : go ? cycle + 1 : _pops.First;
    }

    /// <summary>Words that a pass gives; goes on to the next.</summary>
    private int WordsOf(ref int pass)
    {
        var isLast = pass == _passes - 1;
        pass = isLast ? 0 : pass + 1;
        return isLast ? _lastColumns : _columns;
    }
}
