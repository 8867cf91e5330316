namespace Hypgcn.Cycles;

/// <summary>A shift register of flags: what goes in comes out a fixed number of cycles later.</summary>
internal sealed class DelayLine(int cycles)
{
    private readonly bool[] _flags = new bool[cycles + 1];
    private int _at;
    private int _count; // flags that are set: most cycles have none

    /// <summary>One cycle: puts a flag in and returns the one put in <c>cycles</c> cycles ago (0: the same).</summary>
    public bool Step(bool flag)
    {
        if (!flag && _count == 0)
        {
            return false;
        }
        _flags[_at] = flag;
        _count += flag ? 1 : 0;
        _at = _at + 1 == _flags.Length ? 0 : _at + 1;
        var result = _flags[_at];
        _flags[_at] = false;
        _count -= result ? 1 : 0;
        return result;
    }
}
