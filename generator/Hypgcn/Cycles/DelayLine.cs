namespace Hypgcn.Cycles;

/// <summary>A shift register of flags: what goes in comes out a fixed number of cycles later.</summary>
internal sealed class DelayLine(int cycles)
{
    private readonly bool[] _flags = new bool[cycles + 1];
    private int _at;

    /// <summary>One cycle: puts a flag in and returns the one put in <c>cycles</c> cycles ago (0: the same).</summary>
    public bool Step(bool flag)
    {
        _flags[_at] = flag;
        _at = _at + 1 == _flags.Length ? 0 : _at + 1;
        return _flags[_at];
    }
}
