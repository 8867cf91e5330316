namespace Hypgcn.Cycles;

/// <summary>
/// Flow of temporal_engines.v and down_engines.v behind their FIFO: rows to the engines by turns, words from them in the order of the rows.
/// </summary>
internal sealed class RowEnginesModel : WordSource
{
    private readonly RfcFifoModel _fifo;
    private readonly RowSource _rows;
    private readonly RowEngine[] _engines;
    private readonly RowEngine[] _turns;
    private readonly int _banks;
    private readonly int _words;
    private readonly bool _ahead;
    private int _inBank;
    private int _inTurn;
    private int _outWord;
    private int _outTurn;

    /// <param name="fifo">Has the rows' banks.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="engines">The engines.</param>
    /// <param name="turns">Engines of rows one after another, again and again.</param>
    /// <param name="shape">Banks of a row, and words that are made of one.</param>
    /// <param name="ahead">Banks are taken as far ahead as it is known when; engines in which nothing happens are left out.</param>
    public RowEnginesModel(
        RfcFifoModel fifo, RowSource rows, RowEngine[] engines, IEnumerable<int> turns, (int Banks, int Words) shape, bool ahead)
    {
        (_fifo, _rows, _engines, _ahead) = (fifo, rows, engines, ahead);
        (_banks, _words) = shape;
        _turns = [.. turns.Select(engine => engines[engine])];
    }

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <inheritdoc/>
    public override long OutCycle => _turns[_outTurn].OutCycle;

    /// <inheritdoc/>
    public override int OutRun => Math.Min(_turns[_outTurn].OutRun, _words - _outWord);

    private long LoadCycle => Math.Max(_fifo.OutCycle, _turns[_inTurn].ReadyCycle);

    /// <summary>A cycle, before <see cref="Pop"/> of the same.</summary>
    public void Step(long cycle)
    {
        if (cycle >= Wake || !_ahead)
        {
            Wake = long.MaxValue;
            foreach (var engine in _engines)
            {
                if (cycle >= engine.Wake || !_ahead)
                {
                    engine.Step(cycle);
                }
                Wake = Math.Min(Wake, engine.Wake);
            }
            Load(cycle);
        }
    }

    /// <summary>Takes banks out of the FIFO.</summary>
    public void Load(long now)
    {
        for (var cycle = LoadCycle; cycle <= now || (_ahead && cycle != long.MaxValue); cycle = LoadCycle)
        {
            _fifo.Pop(cycle);
            var engine = _turns[_inTurn];
            engine.Load(cycle, now, _rows);
            Wake = Math.Min(Wake, engine.Wake);
            if (++_inBank == _banks)
            {
                _inBank = 0;
                _inTurn = Next(_inTurn);
            }
        }
    }

    /// <inheritdoc/>
    public override void Pop(long cycle, int count, long now)
    {
        var engine = _turns[_outTurn];
        engine.Pop(cycle, count, now);
        Wake = Math.Min(Wake, engine.Wake);
        _outWord += count;
        if (_outWord == _words)
        {
            _outWord = 0;
            _outTurn = Next(_outTurn);
        }
    }

    private int Next(int turn) => turn + 1 == _turns.Length ? 0 : turn + 1;
}
