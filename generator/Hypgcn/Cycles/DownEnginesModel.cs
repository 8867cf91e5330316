using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of down_engines.v: rows to the engines in turn, words from them in the order of the rows.</summary>
/// <remarks>Serves the spatial shortcut and the residual.</remarks>
internal sealed class DownEnginesModel
{
    private readonly DownModel[] _engines;
    private readonly int _banks;
    private readonly int _words;
    private int _inBank;
    private int _in;
    private int _outWord;
    private int _out;

    /// <param name="banks">Banks of a row.</param>
    /// <param name="shape">The lanes of an engine.</param>
    /// <param name="counters">A counter per engine.</param>
    public DownEnginesModel(int banks, PointwiseShape shape, IReadOnlyList<StageCounter> counters)
    {
        (_banks, _words) = (banks, shape.Words);
        _engines = [.. counters.Select(counter => new DownModel(banks, shape, counters.Count > 1, counter))];
    }

    public bool Ready => _engines[_in].Ready;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on there is a word.</summary>
    public long OutCycle => _engines[_out].OutCycle;

    /// <summary>A cycle in which something happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="source">Its rows.</param>
    /// <param name="load">A bank is taken.</param>
    /// <param name="pop">A word is taken.</param>
    /// <param name="skip">Engines in which nothing happens are left out.</param>
    public void Step(long cycle, RowSource source, bool load, bool pop, bool skip)
    {
        var wake = long.MaxValue;
        for (var engine = 0; engine < _engines.Length; engine++)
        {
            _engines[engine].Step(cycle, source, load && engine == _in, pop && engine == _out, skip);
            wake = Math.Min(wake, _engines[engine].Wake);
        }
        Wake = wake;
        if (load && ++_inBank == _banks)
        {
            _inBank = 0;
            _in = Next(_in);
        }
        if (pop && ++_outWord == _words)
        {
            _outWord = 0;
            _out = Next(_out);
        }
    }

    private int Next(int engine) => engine == _engines.Length - 1 ? 0 : engine + 1;
}
