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
/// <param name="skip">Cycles in which nothing but its own counts change are left out.</param>
internal sealed class FinishModel(int lanes, int width, int banks, FinishSide side, int sideLanes, StageCounter counter, bool skip)
{
    private const int OutDepth = 8;
    private const int OutLatency = 7; // last chunk of a bank accepted -> bank can be seen behind the output FIFO

    private readonly CycleQueue _out = new(OutDepth);
    private readonly WordChunks _words = new(lanes, width);
    private readonly WordChunks? _sideWords = side == FinishSide.Words ? new(sideLanes, width) : null;
    private readonly int _lastBankChunk = (16 / width) - 1; // a power of two less one
    private readonly int _rowChunks = banks * 16 / width;
    private int _rowChunk;
    private int _credit = OutDepth;
    private bool _sideBank;
    private long _run; // until then it takes chunks that only move on
    private bool _fire;

    /// <summary>From which cycle on there is a bank.</summary>
    public long OutCycle => _out.First;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    private int BankChunk => _rowChunk & _lastBankChunk;

    private bool RowLast => _rowChunk == _rowChunks - 1;

    private bool Room => BankChunk != 0 || _credit > 0;

    /// <summary>The word of sums is used up in this cycle.</summary>
    public bool WordPop { get; private set; }

    /// <summary>The word of the shortcut is used up in this cycle.</summary>
    public bool SideWordPop { get; private set; }

    /// <summary>A shortcut bank is taken in this cycle.</summary>
    public bool BankPop { get; private set; }

    /// <summary>Decides what happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="word">From which cycle on there is a word.</param>
    /// <param name="sideItem">From which cycle on there is a word or bank of the shortcut.</param>
    public void Decide(long cycle, long word, long sideItem)
    {
        if (cycle < Wake && skip)
        {
            (_fire, WordPop, SideWordPop, BankPop) = (false, false, false, false);
            return;
        }
        var valid = word <= cycle && side switch { FinishSide.None => true, FinishSide.Banks => _sideBank, _ => sideItem <= cycle };
        _fire = valid && Room;
        var rowLast = RowLast;
        WordPop = _fire && _words.EndsWord(rowLast);
        SideWordPop = _fire && _sideWords?.EndsWord(rowLast) == true;
        BankPop = side == FinishSide.Banks && sideItem <= cycle && (!_sideBank || (_fire && BankChunk == _lastBankChunk));
        counter.Set(cycle, _fire, valid && !_fire);
    }

    /// <summary>Ends the cycle.</summary>
    public void Commit(long cycle, bool outPop)
    {
        if (outPop)
        {
            _out.Take();
            _credit++;
        }
        if (!_fire)
        {
            _sideBank |= BankPop;
            return;
        }
        var (first, last, rowLast) = (BankChunk == 0, BankChunk == _lastBankChunk, RowLast);
        _sideBank = BankPop || (_sideBank && !last);
        _credit -= first ? 1 : 0;
        if (last)
        {
            _out.Add(cycle + OutLatency);
        }
        TakeChunk(rowLast);
    }

    /// <summary>When something happens next, given from which cycles on there are a word and an item of the shortcut.</summary>
    public void Settle(long cycle, long word, long sideItem)
    {
        if (_fire)
        {
            _run = cycle + 1;
            while (skip && IsInside(word, sideItem))
            {
                TakeChunk(false);
                _run++;
            }
        }
        if (cycle < _run)
        {
            Wake = _run;
            return;
        }
        var (needs, isBank) = side switch
        {
            FinishSide.None => (word, false),
            FinishSide.Words => (Math.Max(word, sideItem), false),
            _ => _sideBank ? (word, false) : (sideItem, true),
        };
        // What waits for room does so until a bank is popped, and counts as blocked.
        Wake = needs > cycle || isBank || Room ? Math.Max(needs, cycle + 1) : long.MaxValue;
    }

    // The chunk that comes next only moves on: it has its word and its place, and uses nothing up.
    private bool IsInside(long word, long sideItem)
    {
        var chunk = BankChunk;
        return chunk != 0 && chunk != _lastBankChunk && word <= _run && (_sideWords is null || (sideItem <= _run && !_sideWords.EndsWord(false)))
            && !_words.EndsWord(false);
    }

    private void TakeChunk(bool rowLast)
    {
        _words.Take(rowLast);
        _sideWords?.Take(rowLast);
        _rowChunk = rowLast ? 0 : _rowChunk + 1;
    }
}
