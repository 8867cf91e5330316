using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of down_engine.v.</summary>
/// <remarks>Serves the spatial shortcut and the residual.</remarks>
internal sealed class DownModel
{
    private readonly RowEngineModel _rows;
    private readonly StageCounter _counter;
    private readonly int _columns;

    // Last value of a pass issued -> its first sum is pushed.
    private readonly DelayLine _sums = new(7);
    private int _sumsLeft;
    private int _credit;
    private int _count;

    /// <param name="banks">Banks of a row.</param>
    /// <param name="columns">Columns of lanes.</param>
    /// <param name="passes">Passes over a row.</param>
    /// <param name="counter">Its stage counter.</param>
    public DownModel(int banks, int columns, int passes, StageCounter counter)
    {
        _columns = columns;
        _credit = (2 * columns) + 10;
        _counter = counter;
        _rows = new RowEngineModel(banks, 1, 1, 1, columns, [passes]);
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
            _sumsLeft = _columns;
        }
        var push = _sumsLeft > 0;
        _sumsLeft -= push ? 1 : 0;
        _count += (push ? 1 : 0) - (pop ? 1 : 0);
        _credit += (pop ? 1 : 0) - (_rows.PassStart ? _columns : 0);
        _rows.Commit(rowWork);
    }
}
