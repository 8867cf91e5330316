using System.ComponentModel;
using System.Text.Json.Serialization;
using Hypgcn.Quantization;

namespace Hypgcn.Sparsity;

/// <summary>Zeros of the banks that pass one RFC FIFO.</summary>
public sealed record FifoSparsity
{
    /// <summary>Longest window of which peaks are recorded, in frames.</summary>
    public const int Windows = 16;

    [Description("Banks of the calibration clips with 0, 1, ... 16 values that are not zero.")]
    [JsonConverter(typeof(CompactListConverter<long>))]
    public required IReadOnlyList<long> Banks { get; init; }

    [Description("Most words of mini-bank 0 that any 1, 2, ... frames in a row need, for the calibration clips in any order.")]
    [JsonConverter(typeof(CompactListConverter<int>))]
    public required IReadOnlyList<int> Words0 { get; init; }

    [Description("The same of mini-bank 1.")]
    [JsonConverter(typeof(CompactListConverter<int>))]
    public required IReadOnlyList<int> Words1 { get; init; }

    [Description("The same of mini-bank 2.")]
    [JsonConverter(typeof(CompactListConverter<int>))]
    public required IReadOnlyList<int> Words2 { get; init; }

    [Description("The same of mini-bank 3.")]
    [JsonConverter(typeof(CompactListConverter<int>))]
    public required IReadOnlyList<int> Words3 { get; init; }

    // Far beyond any calibration, and sums of 17 times 16 of them fit.
    private const long MostBanks = 1L << 48;

    private IReadOnlyList<int>[] Words => [Words0, Words1, Words2, Words3];

    /// <summary>Mean share of values that are not zero, in percent rounded up, at least 1.</summary>
    /// <param name="channels">Channels of a row; the rest of its last bank is padding.</param>
    public int Percent(int channels)
    {
        double rows = (double)Banks.Sum() / ((channels + 15) / 16);
        double values = Banks.Select((count, nonZeros) => (double)count * nonZeros).Sum();
        return rows == 0 ? 1 : Math.Clamp((int)Math.Ceiling(100 * values / (rows * channels)), 1, 100);
    }

    /// <summary>Most words of a mini-bank over any so many frames in a row; beyond the recorded windows an upper bound.</summary>
    /// <param name="miniBank">0 to 3.</param>
    /// <param name="frames">1 or more.</param>
    public long Peak(int miniBank, int frames)
    {
        var peaks = Words[miniBank];
        // A longer window is several shorter ones in a row.
        var (whole, rest) = Math.DivRem(frames, peaks.Count);
        return ((long)whole * peaks[^1]) + (rest == 0 ? 0 : peaks[rest - 1]);
    }

    /// <summary>What is wrong with values that a user can have edited.</summary>
    internal string? Problem()
    {
        if (Banks.Count != 17)
        {
            return $"banks has {Banks.Count} counts; there are 17";
        }
        if (Banks.FirstOrDefault(count => count is < 0 or > MostBanks) is var wrong and not 0)
        {
            return $"banks counts {wrong}; a count is 0 to {MostBanks}";
        }
        for (var j = 0; j < Words.Length; j++)
        {
            var peaks = Words[j];
            if (peaks.Count == 0 || peaks[0] < 0 || peaks.Zip(peaks.Skip(1)).Any(pair => pair.First > pair.Second))
            {
                return $"words{j} is empty, negative or decreases; a longer window needs as many words at least";
            }
        }
        return null;
    }
}
