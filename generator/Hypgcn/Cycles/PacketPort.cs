using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>Flow of clip_framer.v: packets of beats in, whole clips out.</summary>
internal sealed class PacketPort(AcceleratorDesign design, PacketInput packets, PortPattern pattern) : IInputPort
{
    private readonly int _clipValues = design.ClipValues;
    private bool _offered;
    private long _earliest;
    private int _packet;
    private bool _opened;

    // Of the packet, values that are not in the beat offered; of the beat, values that are left.
    private int _rest = packets.Values.Count > 0 ? packets.Values[0] : 0;
    private int _left;
    private int _count;
    private bool _pad;
    private bool _over;

    public long[] First { get; } = new long[packets.Values.Count];

    public long[] Last { get; } = new long[packets.Values.Count];

    public bool Done => _packet == packets.Values.Count && !_pad;

    public bool IsSettled => Done || (_offered && !_over && !_pad && _left > 0);

    public bool Evaluate(long cycle)
    {
        if (!_offered && _packet < packets.Values.Count && cycle >= _earliest && !pattern.Stalls(PortPattern.InputPort, cycle))
        {
            _offered = true;
            _left = Math.Min(packets.BeatValues, _rest);
            _rest -= _left;
        }
        return _pad || (!_over && _offered && _left > 0);
    }

    public void Commit(long cycle, bool fire)
    {
        var (wasOver, wasPad) = (_over, _pad);
        var complete = fire && _count == _clipValues - 1;
        var taken = _offered && (wasOver || (!wasPad && (_left == 0 || (fire && _left == 1))));
        if (fire)
        {
            _count = complete ? 0 : _count + 1;
            _left -= wasPad ? 0 : 1;
        }
        _pad = wasPad && !complete;
        _over = wasOver || (complete && !wasPad);
        if (taken)
        {
            Accept(cycle, !wasOver && !complete);
        }
    }

    private void Accept(long cycle, bool isShort)
    {
        _offered = false;
        First[_packet] = _opened ? First[_packet] : cycle;
        _opened = _rest > 0;
        if (_opened)
        {
            return;
        }
        Last[_packet++] = cycle;
        _earliest = cycle + 1 + pattern.GapCycles;
        _rest = _packet < packets.Values.Count ? packets.Values[_packet] : 0;
        _pad = isShort;
        _over = false;
    }
}
