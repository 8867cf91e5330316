using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of down_engine.v.</summary>
internal sealed class DownModel
{
    // Last value of a pass issued -> its first sum can be seen.
    private const int SumsLatency = 8;

    private readonly RowEngineModel _rows;
    private readonly StageCounter _counter;
    private readonly int _columns;
    private readonly int _passes;
    private readonly int _lastColumns;
    private readonly CycleQueue _words;
    private int _startPass;
    private int _sumPass;
    private int _credit;

    /// <param name="banks">Banks of a row.</param>
    /// <param name="shape">Its lanes.</param>
    /// <param name="isOneOfSeveral">Whether rows go to other engines in turn: it has places for a whole row then.</param>
    /// <param name="counter">Its stage counter.</param>
    public DownModel(int banks, PointwiseShape shape, bool isOneOfSeveral, StageCounter counter)
    {
        (_columns, _passes, _lastColumns) = (shape.Columns, shape.Passes, shape.LastColumns);
        _credit = (isOneOfSeveral ? shape.Words : _columns) + _columns + 10;
        _words = new CycleQueue(_credit);
        _counter = counter;
        _rows = new RowEngineModel(banks, 1, _columns, [_passes]);
    }

    public bool Ready => _rows.Ready;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on there is a word.</summary>
    public long OutCycle => _words.First;

    /// <summary>A cycle.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="source">Its rows.</param>
    /// <param name="load">A bank is taken.</param>
    /// <param name="pop">A word is taken.</param>
    /// <param name="skip">Nothing is done where nothing happens.</param>
    public void Step(long cycle, RowSource source, bool load, bool pop, bool skip)
    {
        var isAwake = cycle >= Wake || !skip;
        if (isAwake)
        {
            Advance(cycle);
        }
        if (load && _rows.Load())
        {
            _rows.Complete(source.Next());
            isAwake = true;
        }
        if (pop)
        {
            _words.Take();
            _credit++;
        }
        if (isAwake || pop)
        {
            Settle(cycle);
        }
    }

    private void Advance(long cycle)
    {
        _rows.Evaluate(cycle);
        if (_rows.PassEnd)
        {
            for (int n = 0, count = WordsOf(ref _sumPass); n < count; n++)
            {
                _words.Add(cycle + SumsLatency + n);
            }
        }
        if (_rows.Start(cycle, _credit >= _columns))
        {
            _credit -= WordsOf(ref _startPass);
        }
    }

    private void Settle(long cycle)
    {
        var (pending, go) = (_rows.Pending, _credit >= _columns);
        _counter.Set(cycle + 1, _rows.Busy, pending && !go);
        Wake = _rows.Busy ? _rows.EndCycle : pending && go ? cycle + 1 : long.MaxValue;
    }

    /// <summary>Words that a pass gives; goes on to the next.</summary>
    private int WordsOf(ref int pass)
    {
        var isLast = pass == _passes - 1;
        pass = isLast ? 0 : pass + 1;
        return isLast ? _lastColumns : _columns;
    }
}
