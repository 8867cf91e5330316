using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of temporal_engines.v: rows to the engines by joint, words from them in the order of the joints.</summary>
internal sealed class TemporalEnginesModel
{
    private readonly BlockDesign _block;
    private readonly TemporalModel[] _engines;
    private int _inBank;
    private int _inJoint;
    private int _outWord;
    private int _outJoint;
    private TemporalModel _in;
    private TemporalModel _out;

    /// <param name="block">The block.</param>
    /// <param name="counters">A counter per engine.</param>
    public TemporalEnginesModel(BlockDesign block, IReadOnlyList<StageCounter> counters)
    {
        _block = block;
        _engines = [.. counters.Select((counter, engine) => new TemporalModel(block, block.EngineJoints(engine), counter))];
        _in = _out = _engines[block.EngineOf(0)];
    }

    public bool Ready => _in.Ready;

    public bool OutValid => _out.OutValid;

    public void Evaluate(bool valid)
    {
        foreach (var engine in _engines)
        {
            engine.Evaluate(valid && engine == _in);
        }
    }

    /// <summary>Ends the cycle.</summary>
    /// <param name="rowWork">Non-zeros of the row whose last bank is loaded now; read only then.</param>
    /// <param name="load">A bank is taken.</param>
    /// <param name="pop">A word is taken.</param>
    public void Commit(Func<int> rowWork, bool load, bool pop)
    {
        foreach (var engine in _engines)
        {
            engine.Commit(rowWork, pop && engine == _out);
        }
        if (load && ++_inBank == _block.OutBanks)
        {
            _inBank = 0;
            _in = Next(ref _inJoint);
        }
        if (pop && ++_outWord == _block.Temporal.GroupChannels)
        {
            _outWord = 0;
            _out = Next(ref _outJoint);
        }
    }

    private TemporalModel Next(ref int joint)
    {
        joint = joint == _block.Joints - 1 ? 0 : joint + 1;
        return _engines[_block.EngineOf(joint)];
    }
}
