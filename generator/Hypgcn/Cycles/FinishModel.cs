namespace Hypgcn.Cycles;

/// <summary>Flow of finish.v.</summary>
internal sealed class FinishModel
{
    private const int OutDepth = 8;
    private const int OutLatency = 7; // last chunk of a bank accepted -> bank can be seen behind the output FIFO

    private readonly CycleQueue _out = new();
    private readonly FifoPlaces _places = new(OutDepth);
    private readonly WordSource _source;
    private readonly WordSource? _side;
    private readonly WordChunks _words;
    private readonly WordChunks _sideWords;
    private readonly StageCounter _counter;
    private readonly bool _ahead;
    private readonly int _lastBankChunk; // a power of two less one
    private readonly int _rowChunks;
    private int _rowChunk;
    private long _run; // until then it takes a chunk in every cycle

    /// <param name="shape">Of the stage.</param>
    /// <param name="source">Gives its words of sums.</param>
    /// <param name="side">Gives the words or banks of the shortcut; null: there is none.</param>
    /// <param name="counter">Its counter.</param>
    /// <param name="ahead">Chunks are taken as far ahead as it is known when.</param>
    public FinishModel(FinishShape shape, WordSource source, WordSource? side, StageCounter counter, bool ahead)
    {
        (_source, _side, _counter, _ahead) = (source, side, counter, ahead);
        (_words, _sideWords) = (new WordChunks(shape.Lanes, shape.Width), new WordChunks(shape.SideLanes, shape.Width));
        (_lastBankChunk, _rowChunks) = ((16 / shape.Width) - 1, shape.Banks * 16 / shape.Width);
    }

    /// <summary>From which cycle on there is a bank.</summary>
    public long OutCycle => _out.First;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    private int BankChunk => _rowChunk & _lastBankChunk;

    // From which cycle on the bank of the next chunk has a place.
    private long PlaceCycle => BankChunk == 0 ? _places.First : 0;

    private long Needs => _side is null ? _source.OutCycle : Math.Max(_source.OutCycle, _side.OutCycle);

    /// <summary>A cycle, after the sources' and before <see cref="Pop"/> and <see cref="Settle"/> of the same.</summary>
    public void Step(long cycle)
    {
        if (cycle < Wake && _ahead)
        {
            return;
        }
        var (valid, room) = (Needs <= cycle, PlaceCycle <= cycle);
        _counter.Set(cycle, valid && room, valid && !room);
        for (_run = cycle; Math.Max(Needs, PlaceCycle) <= _run && (_ahead || _run == cycle);)
        {
            var chunks = _ahead ? Chunks() : 1;
            Take(_run, chunks, cycle);
            _run += chunks;
        }
    }

    /// <summary>A bank is taken.</summary>
    /// <param name="cycle">In which it is taken; it may be ahead.</param>
    public void Pop(long cycle)
    {
        _out.Take();
        _places.Add(cycle + 1);
    }

    /// <summary>Says when something happens next.</summary>
    public void Settle(long cycle)
    {
        var needs = Needs;
        // What waits for a place does so until it has one, and counts as blocked.
        Wake = cycle < _run ? _run : Math.Max(needs > cycle ? needs : PlaceCycle, cycle + 1);
    }

    // Chunks of the same bank and the same words, or of words that come one after another.
    private int Chunks()
    {
        var chunks = Math.Min(_lastBankChunk + 1 - BankChunk, _words.AreWords ? _source.OutRun : _words.Left);
        return _side is null ? chunks : Math.Min(chunks, _sideWords.AreWords ? _side.OutRun : _sideWords.Left);
    }

    private void Take(long cycle, int chunks, long now)
    {
        var first = BankChunk;
        _rowChunk += chunks;
        var isRowEnd = _rowChunk == _rowChunks;
        Take(_source, _words, cycle, chunks, isRowEnd, now);
        if (_side is not null)
        {
            Take(_side, _sideWords, cycle, chunks, isRowEnd, now);
        }
        if (first == 0)
        {
            _places.Take(cycle);
        }
        if (first + chunks > _lastBankChunk)
        {
            _out.Add(cycle + chunks - 1 + OutLatency);
        }
        _rowChunk = isRowEnd ? 0 : _rowChunk;
    }

    private static void Take(WordSource source, WordChunks words, long cycle, int chunks, bool isRowEnd, long now)
    {
        if (words.AreWords)
        {
            source.Pop(cycle, chunks, now);
            return;
        }
        if (isRowEnd || words.Left == chunks)
        {
            source.Pop(cycle + chunks - 1, 1, now);
        }
        if (isRowEnd)
        {
            words.Restart();
        }
        else
        {
            words.Take(chunks);
        }
    }
}
