namespace Hypgcn.Reference;

/// <summary>The counts of one FIFO's rule while its stream passes.</summary>
internal sealed class RfcWindow
{
    private readonly RfcRule _rule;

    // Words taken: in total over the window, and per frame with the frame being written at _now.
    private readonly int[] _total = new int[RfcRule.MiniBanks];
    private readonly int[] _frames;
    private int _now;

    public RfcWindow(RfcRule rule)
    {
        _rule = rule;
        _frames = new int[rule.WindowFrames * RfcRule.MiniBanks];
    }

    private RfcWindow(RfcWindow other)
    {
        (_rule, _now) = (other._rule, other._now);
        _frames = (int[])other._frames.Clone();
        _total = (int[])other._total.Clone();
    }

    public RfcWindow Clone() => new(this);

    /// <summary>Offers the words of a bank.</summary>
    /// <param name="words">0 to 4.</param>
    /// <returns>How many are taken.</returns>
    public int Take(int words)
    {
        for (var j = 0; j < words; j++)
        {
            if (_total[j] >= _rule.Words[j])
            {
                return j;
            }
            _total[j]++;
            _frames[(_now * RfcRule.MiniBanks) + j]++;
        }
        return words;
    }

    /// <summary>Takes a whole frame and ends it, if nothing of it is dropped.</summary>
    /// <param name="words">Words for each mini-bank.</param>
    /// <returns>Whether all of it was taken; otherwise the counts are of no more use.</returns>
    public bool TryTakeFrame(ReadOnlySpan<int> words)
    {
        for (var j = 0; j < RfcRule.MiniBanks; j++)
        {
            if (words[j] > _rule.Words[j] - _total[j])
            {
                return false;
            }
            _total[j] += words[j];
            _frames[(_now * RfcRule.MiniBanks) + j] += words[j];
        }
        EndFrame();
        return true;
    }

    /// <summary>The next bank belongs to the next frame.</summary>
    public void EndFrame()
    {
        _now = (_now + 1) % _rule.WindowFrames;
        for (var j = 0; j < RfcRule.MiniBanks; j++)
        {
            ref var oldest = ref _frames[(_now * RfcRule.MiniBanks) + j];
            _total[j] -= oldest;
            oldest = 0;
        }
    }
}
