namespace Hypgcn.Cycles;

/// <summary>Which shortcut a finish stage adds; numbers as SIDE in finish.v.</summary>
internal enum FinishSide
{
    None = 0,
    Banks = 1,
    Words = 2,
}

/// <summary>Flow of finish.v.</summary>
internal sealed class FinishModel(int lanes, int width, FinishSide side, StageCounter counter)
{
    private const int OutDepth = 8;

    // Last chunk of a bank accepted -> bank pushed into the output FIFO.
    private readonly DelayLine _pipeline = new(6);
    private readonly int _wordChunks = lanes / width;
    private readonly int _bankChunks = 16 / width;
    private int _wordChunk;
    private int _bankChunk;
    private int _credit = OutDepth;
    private int _count;
    private bool _sideBank;
    private bool _fire;

    public bool OutValid => _count > 0;

    /// <summary>The word of sums (and the shortcut word) is used up in this cycle.</summary>
    public bool WordPop { get; private set; }

    /// <summary>A shortcut bank is taken in this cycle.</summary>
    public bool BankPop { get; private set; }

    public void Evaluate(bool wordValid, bool sideValid)
    {
        var sideOk = side switch { FinishSide.None => true, FinishSide.Banks => _sideBank, _ => sideValid };
        var room = _bankChunk != 0 || _credit > 0;
        _fire = wordValid && sideOk && room;
        WordPop = _fire && _wordChunk == _wordChunks - 1;
        BankPop = side == FinishSide.Banks && sideValid && (!_sideBank || (_fire && _bankChunk == _bankChunks - 1));
        counter.Step(_fire, wordValid && sideOk && !room);
    }

    public void Commit(bool outPop)
    {
        var first = _fire && _bankChunk == 0;
        var last = _fire && _bankChunk == _bankChunks - 1;
        _sideBank = BankPop || (_sideBank && !last);
        _credit += (outPop ? 1 : 0) - (first ? 1 : 0);
        _count += (_pipeline.Step(last) ? 1 : 0) - (outPop ? 1 : 0);
        if (_fire)
        {
            _wordChunk = WordPop ? 0 : _wordChunk + 1;
            _bankChunk = last ? 0 : _bankChunk + 1;
        }
    }
}
