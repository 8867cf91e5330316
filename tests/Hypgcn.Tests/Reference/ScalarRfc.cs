using Hypgcn.Reference;

namespace Hypgcn.Tests.Reference;

/// <summary>The rule of RFC FIFOs as documentation states it, with all frames since reset remembered.</summary>
internal sealed class ScalarRfc(IReadOnlyList<BlockRfcRules> rules)
{
    private readonly Dictionary<(int Block, RfcReader Reader), List<int[]>> _takenByFrame = [];

    /// <summary>What the reader sees of a clip's frames, and how many words are dropped.</summary>
    /// <param name="values">[person, frame, joint, channel].</param>
    /// <param name="frames">Frames of a person.</param>
    /// <param name="step">Of a person every so many frames passes.</param>
    public (short[] Seen, long Words) Keep(int block, RfcReader reader, short[] values, int joints, int channels, int frames, int step)
    {
        if (rules[block][reader] is not { } rule)
        {
            return (values, 0);
        }
        if (!_takenByFrame.TryGetValue((block, reader), out var taken))
        {
            _takenByFrame.Add((block, reader), taken = []);
        }
        var seen = (short[])values.Clone();
        long dropped = 0;
        for (var frame = 0; frame < values.Length / channels / joints; frame++)
        {
            if (frame % frames % step != 0)
            {
                continue;
            }
            taken.Add(new int[4]);
            for (var row = 0; row < joints; row++)
            {
                for (var first = 0; first < channels; first += 16)
                {
                    dropped += Bank(seen.AsSpan((((frame * joints) + row) * channels) + first, Math.Min(16, channels - first)), rule, taken);
                }
            }
        }
        return (seen, dropped);
    }

    private static int Bank(Span<short> bank, RfcRule rule, List<int[]> taken)
    {
        int needed = (bank.ToArray().Count(value => value != 0) + 3) / 4;
        int kept = 0;
        while (kept < needed && taken.TakeLast(rule.WindowFrames).Sum(frame => frame[kept]) < rule.Words[kept])
        {
            taken[^1][kept++]++;
        }
        int left = 4 * kept;
        foreach (ref short value in bank)
        {
            value = value != 0 && left-- > 0 ? value : (short)0;
        }
        return needed - kept;
    }
}
