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

    public DownModel(BlockDesign block, StageCounter counter)
    {
        _columns = block.Parameters.DownColumns;
        (_passes, _lastColumns) = (block.DownPasses, block.DownLastColumns);
        _credit = (2 * _columns) + 10;
        _counter = counter;
        _rows = new RowEngineModel(block.InBanks, block.InBanks, block.Joints, block.Frames, 1, false, _columns, [block.DownPasses, 0]);
    }

    public bool Ready => _rows.MainReady;

    public bool OutValid => _count > 0;

    public void Evaluate(bool bankValid)
    {
        _rows.Evaluate();
        _rows.Decide(_credit >= _columns, bankValid, false);
        _counter.Step(_rows.Busy, _rows.Waiting);
    }

    public void Commit(Func<bool, int> rowWork, bool pop)
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
