using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of temporal_engines.v: rows to the engines by joint, words from them in the order of the joints.</summary>
internal sealed class TemporalEnginesModel
{
    private readonly TemporalModel[] _engines;
    private readonly TemporalModel[] _byJoint;
    private readonly int _banks;
    private readonly int _words;
    private int _inBank;
    private int _inJoint;
    private int _outWord;
    private int _outJoint;

    /// <param name="block">The block.</param>
    /// <param name="counters">A counter per engine.</param>
    public TemporalEnginesModel(BlockDesign block, IReadOnlyList<StageCounter> counters)
    {
        (_banks, _words) = (block.OutBanks, block.Temporal.GroupChannels);
        _engines = [.. counters.Select((counter, engine) => new TemporalModel(block, block.EngineJoints(engine), counter))];
        _byJoint = [.. Enumerable.Range(0, block.Joints).Select(joint => _engines[block.EngineOf(joint)])];
    }

    public bool Ready => _byJoint[_inJoint].Ready;

    /// <summary>Next cycle in which something happens by itself.</summary>
    public long Wake { get; private set; } = long.MaxValue;

    /// <summary>From which cycle on there is a word.</summary>
    public long OutCycle => _byJoint[_outJoint].OutCycle;

    /// <summary>A cycle in which something happens.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="source">Rows of z.</param>
    /// <param name="load">A bank is taken.</param>
    /// <param name="pop">A word is taken.</param>
    /// <param name="skip">Engines in which nothing happens are left out.</param>
    public void Step(long cycle, RowSource source, bool load, bool pop, bool skip)
    {
        if (cycle >= Wake || !skip)
        {
            foreach (var engine in _engines)
            {
                if (cycle >= engine.Wake || !skip)
                {
                    engine.Step(cycle);
                }
            }
        }
        if (load)
        {
            _byJoint[_inJoint].Load(cycle, source);
            if (++_inBank == _banks)
            {
                _inBank = 0;
                _inJoint = _inJoint + 1 == _byJoint.Length ? 0 : _inJoint + 1;
            }
        }
        if (pop)
        {
            _byJoint[_outJoint].Pop(cycle);
            if (++_outWord == _words)
            {
                _outWord = 0;
                _outJoint = _outJoint + 1 == _byJoint.Length ? 0 : _outJoint + 1;
            }
        }
        var wake = long.MaxValue;
        foreach (var engine in _engines)
        {
            wake = Math.Min(wake, engine.Wake);
        }
        Wake = wake;
    }
}
