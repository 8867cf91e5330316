using Hypgcn.Reference;

namespace Hypgcn.Sparsity;

/// <summary>Collects what clips need of one FIFO.</summary>
/// <remarks>
/// A window may begin in one clip and end in a later one. So that the peaks hold for the clips in any order, with repetitions, the
/// most that any clip needs in its last frames is added to the most that any needs in its first.
/// </remarks>
internal sealed class PeakMeter(int frames)
{
    private readonly long[] _banks = new long[17];

    // [mini-bank, frames - 1]: most words in so many frames in a row anywhere in a clip, at its start, at its end.
    private readonly int[,] _inside = new int[RfcRule.MiniBanks, Math.Min(frames, FifoSparsity.Windows)];
    private readonly int[,] _first = new int[RfcRule.MiniBanks, Math.Min(frames, FifoSparsity.Windows)];
    private readonly int[,] _last = new int[RfcRule.MiniBanks, Math.Min(frames, FifoSparsity.Windows)];

    public void Add(FifoProfile clip)
    {
        for (var n = 0; n < _banks.Length; n++)
        {
            _banks[n] += clip.Banks[n];
        }
        var sums = new int[clip.Frames + 1];
        for (var j = 0; j < RfcRule.MiniBanks; j++)
        {
            for (var frame = 0; frame < clip.Frames; frame++)
            {
                sums[frame + 1] = sums[frame] + clip.FrameWords(frame)[j];
            }
            for (var length = 1; length <= _inside.GetLength(1); length++)
            {
                Raise(_first, j, length, sums[length]);
                Raise(_last, j, length, sums[^1] - sums[clip.Frames - length]);
                for (var end = length; end <= clip.Frames; end++)
                {
                    Raise(_inside, j, length, sums[end] - sums[end - length]);
                }
            }
        }
    }

    public FifoSparsity Read() => new()
    {
        Banks = _banks,
        Words0 = Peaks(0),
        Words1 = Peaks(1),
        Words2 = Peaks(2),
        Words3 = Peaks(3),
    };

    private int[] Peaks(int j) => [.. Enumerable.Range(1, FifoSparsity.Windows).Select(length => Peak(j, length))];

    private static void Raise(int[,] peaks, int j, int length, int value) => peaks[j, length - 1] = Math.Max(peaks[j, length - 1], value);

    private int Peak(int j, int length)
    {
        var peak = length <= _inside.GetLength(1) ? _inside[j, length - 1] : 0;
        for (var end = 1; end < length && end <= _last.GetLength(1); end++)
        {
            peak = Math.Max(peak, _last[j, end - 1] + FromStart(j, length - end));
        }
        return peak;
    }

    /// <summary>Most words in so many frames from the start of a clip on; clips shorter than that follow each other.</summary>
    private int FromStart(int j, int length)
    {
        var known = _first.GetLength(1);
        return length <= known ? _first[j, length - 1] : _first[j, known - 1] + FromStart(j, length - known);
    }
}
