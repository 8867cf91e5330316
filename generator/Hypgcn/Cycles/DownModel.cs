using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of down_engine.v.</summary>
internal sealed class DownModel
{
    private readonly RowEngineModel _rows;
    private readonly StageCounter _counter;
    private readonly int _columns;
    private readonly int _passes;
    private readonly int _lastColumns;

    // Last value of a pass issued -> its first sum is pushed.
    private readonly DelayLine _sums = new(7);
    private int _startPass;
    private int _sumPass;
    private int _sumsLeft;
    private int _credit;
    private int _count;

    /// <param name="banks">Banks of a row.</param>
    /// <param name="shape">Its lanes.</param>
    /// <param name="isOneOfSeveral">Whether rows go to other engines in turn: it has places for a whole row then.</param>
    /// <param name="counter">Its stage counter.</param>
    public DownModel(int banks, PointwiseShape shape, bool isOneOfSeveral, StageCounter counter)
    {
        (_columns, _passes, _lastColumns) = (shape.Columns, shape.Passes, shape.LastColumns);
        _credit = (isOneOfSeveral ? shape.Words : _columns) + _columns + 10;
        _counter = counter;
        _rows = new RowEngineModel(banks, 1, _columns, [_passes]);
    }

    public bool Ready => _rows.Ready;

    public bool OutValid => _count > 0;

    public void Evaluate(bool bankValid)
    {
        _rows.Evaluate();
        _rows.Decide(_credit >= _columns, bankValid);
        _counter.Step(_rows.Busy, _rows.Waiting);
    }

    public void Commit(Func<int> rowWork, bool pop)
    {
        if (_sums.Step(_rows.PassEnd))
        {
            _sumsLeft = WordsOf(ref _sumPass);
        }
        var push = _sumsLeft > 0;
        _sumsLeft -= push ? 1 : 0;
        _count += (push ? 1 : 0) - (pop ? 1 : 0);
        _credit += (pop ? 1 : 0) - (_rows.PassStart ? WordsOf(ref _startPass) : 0);
        _rows.Commit(rowWork);
    }

    /// <summary>Words that a pass gives; goes on to the next.</summary>
    private int WordsOf(ref int pass)
    {
        var isLast = pass == _passes - 1;
        pass = isLast ? 0 : pass + 1;
        return isLast ? _lastColumns : _columns;
    }
}
