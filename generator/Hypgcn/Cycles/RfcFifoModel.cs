namespace Hypgcn.Cycles;

/// <summary>Flow of rfc_fifo.v: memory, head register, output register.</summary>
internal sealed class RfcFifoModel(int depth)
{
    private int _count;
    private bool _head;

    /// <summary>A bank is on the output.</summary>
    public bool Valid { get; private set; }

    /// <summary>A bank can be pushed.</summary>
    public bool Ready => _count < depth;

    /// <summary>A bank moves inside.</summary>
    public bool Moves => (_head && !Valid) || (_count > 0 && !_head);

    /// <summary>Ends a cycle, in which a bank was pushed, popped or neither.</summary>
    public void Step(bool push, bool pop)
    {
        if (!push && !pop && !Moves)
        {
            return;
        }
        var headPop = _head && (!Valid || pop);
        var read = _count > 0 && (!_head || headPop);
        _count += (push ? 1 : 0) - (read ? 1 : 0);
        _head = read || (_head && !headPop);
        Valid = headPop || (Valid && !pop);
    }
}
