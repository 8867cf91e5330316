using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of pool.v.</summary>
internal sealed class PoolModel(AcceleratorDesign design, StageCounter counter)
{
    private readonly int _bankChunks = 16 / design.Parameters.PoolWidth;
    private readonly long _clipBanks = (long)design.PoolRows * design.Blocks[^1].OutBanks;
    private readonly bool[] _full = new bool[2];
    private bool _valid;
    private int _chunk;
    private long _bank;
    private int _slot;
    private int _readSlot;
    private bool _fire;

    public bool Full => _full[_readSlot];

    public bool Ready => !_valid || (_fire && _chunk == _bankChunks - 1);

    public void Evaluate(long cycle)
    {
        var room = !_full[_slot];
        _fire = _valid && room;
        counter.Set(cycle, _fire, _valid && !room);
    }

    public void Commit(bool load, bool release)
    {
        var last = _fire && _chunk == _bankChunks - 1;
        if (_fire)
        {
            _chunk = last ? 0 : _chunk + 1;
        }
        if (last && ++_bank == _clipBanks)
        {
            _bank = 0;
            _full[_slot] = true;
            _slot = 1 - _slot;
        }
        _valid = load || (_valid && !last);
        if (release)
        {
            _full[_readSlot] = false;
            _readSlot = 1 - _readSlot;
        }
    }
}
