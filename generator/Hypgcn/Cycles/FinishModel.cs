namespace Hypgcn.Cycles;

/// <summary>Which shortcut a finish stage adds; numbers as SIDE in finish.v.</summary>
internal enum FinishSide
{
    None = 0,
    Banks = 1,
    Words = 2,
}

/// <summary>Flow of finish.v.</summary>
/// <param name="lanes">Sums of a word.</param>
/// <param name="width">Channels a cycle.</param>
/// <param name="banks">Banks of a row.</param>
/// <param name="side">The shortcut.</param>
/// <param name="sideLanes">Sums of a word of the shortcut, where that is words.</param>
/// <param name="counter">Its counter.</param>
internal sealed class FinishModel(int lanes, int width, int banks, FinishSide side, int sideLanes, StageCounter counter)
{
    private const int OutDepth = 8;

    // Last chunk of a bank accepted -> bank pushed into the output FIFO.
    private readonly DelayLine _pipeline = new(6);
    private readonly WordChunks _words = new(lanes, width);
    private readonly WordChunks? _sideWords = side == FinishSide.Words ? new(sideLanes, width) : null;
    private readonly int _lastBankChunk = (16 / width) - 1; // a power of two less one
    private readonly int _rowChunks = banks * 16 / width;
    private int _rowChunk;
    private int _credit = OutDepth;
    private int _count;
    private bool _sideBank;
    private bool _fire;

    public bool OutValid => _count > 0;

    private int BankChunk => _rowChunk & _lastBankChunk;

    private bool RowLast => _rowChunk == _rowChunks - 1;

    /// <summary>The word of sums is used up in this cycle.</summary>
    public bool WordPop { get; private set; }

    /// <summary>The word of the shortcut is used up in this cycle.</summary>
    public bool SideWordPop { get; private set; }

    /// <summary>A shortcut bank is taken in this cycle.</summary>
    public bool BankPop { get; private set; }

    public void Evaluate(bool wordValid, bool sideValid)
    {
        var sideOk = side switch { FinishSide.None => true, FinishSide.Banks => _sideBank, _ => sideValid };
        var room = BankChunk != 0 || _credit > 0;
        _fire = wordValid && sideOk && room;
        WordPop = _fire && _words.EndsWord(RowLast);
        SideWordPop = _fire && _sideWords?.EndsWord(RowLast) == true;
        BankPop = side == FinishSide.Banks && sideValid && (!_sideBank || (_fire && BankChunk == _lastBankChunk));
        counter.Step(_fire, wordValid && sideOk && !room);
    }

    public void Commit(bool outPop)
    {
        var first = _fire && BankChunk == 0;
        var last = _fire && BankChunk == _lastBankChunk;
        _sideBank = BankPop || (_sideBank && !last);
        _credit += (outPop ? 1 : 0) - (first ? 1 : 0);
        _count += (_pipeline.Step(last) ? 1 : 0) - (outPop ? 1 : 0);
        if (_fire)
        {
            _words.Take(RowLast);
            _sideWords?.Take(RowLast);
            _rowChunk = RowLast ? 0 : _rowChunk + 1;
        }
    }
}
