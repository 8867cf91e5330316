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

    public bool OutValid => _engines[_out].OutValid;

    public void Evaluate(bool bankValid)
    {
        for (var engine = 0; engine < _engines.Length; engine++)
        {
            _engines[engine].Evaluate(bankValid && engine == _in);
        }
    }

    /// <summary>Ends the cycle.</summary>
    /// <param name="rowWork">Non-zeros of the row whose last bank is loaded now; read only then.</param>
    /// <param name="load">A bank is taken.</param>
    /// <param name="pop">A word is taken.</param>
    public void Commit(Func<int> rowWork, bool load, bool pop)
    {
        for (var engine = 0; engine < _engines.Length; engine++)
        {
            _engines[engine].Commit(rowWork, pop && engine == _out);
        }
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
