namespace Hypgcn.Reference;

/// <summary>The counts of all RFC FIFOs of a network: those of the hardware after the clips so far.</summary>
internal sealed class RfcState
{
    private const int Readers = 3;

    private readonly RfcWindow?[] _windows;

    public RfcState(IReadOnlyList<BlockRfcRules> rules)
    {
        _windows = new RfcWindow?[rules.Count * Readers];
        for (var n = 0; n < _windows.Length; n++)
        {
            var rule = rules[n / Readers][(RfcReader)(n % Readers)];
            _windows[n] = rule is null ? null : new RfcWindow(rule);
        }
    }

    /// <summary>Null never drops.</summary>
    public RfcWindow? this[int block, RfcReader reader] => _windows[(block * Readers) + (int)reader];

    /// <summary>Takes a whole clip, if none of its words is dropped; otherwise nothing changes.</summary>
    public bool TryTake(FifoCounter clip)
    {
        var after = new RfcWindow?[_windows.Length];
        for (var n = 0; n < after.Length; n++)
        {
            after[n] = _windows[n]?.Clone();
            if (after[n] is { } window && !TryTake(window, clip[n / Readers, (RfcReader)(n % Readers)]))
            {
                return false;
            }
        }
        after.CopyTo(_windows, 0);
        return true;
    }

    private static bool TryTake(RfcWindow window, FifoProfile? clip)
    {
        for (var frame = 0; clip is not null && frame < clip.Frames; frame++)
        {
            if (!window.TryTakeFrame(clip.FrameWords(frame)))
            {
                return false;
            }
        }
        return true;
    }
}
