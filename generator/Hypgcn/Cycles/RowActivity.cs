namespace Hypgcn.Cycles;

/// <summary>What one boundary of one clip means for the hardware's time: its non-zeros, counted.</summary>
public sealed class RowActivity
{
    private RowActivity(int[] rows, byte[] channels, int channelCount)
    {
        Rows = rows;
        Channels = channels;
        ChannelCount = channelCount;
    }

    /// <summary>Non-zeros of each row, [person, frame, joint].</summary>
    public int[] Rows { get; }

    /// <summary>Joints with a non-zero, [person, frame, channel].</summary>
    public byte[] Channels { get; }

    /// <summary>Channels of a row.</summary>
    public int ChannelCount { get; }

    /// <summary>A boundary in which every row and every channel has the same share of non-zeros, rounded up.</summary>
    public static RowActivity Uniform(int frames, int joints, int channels, int percent)
    {
        var rows = new int[frames * joints];
        var perChannel = new byte[frames * channels];
        Array.Fill(rows, ((channels * percent) + 99) / 100);
        Array.Fill(perChannel, (byte)(((joints * percent) + 99) / 100));
        return new RowActivity(rows, perChannel, channels);
    }

    /// <summary>Counts a boundary.</summary>
    /// <param name="features">[person, frame, joint, channel].</param>
    /// <param name="joints">V.</param>
    /// <param name="channels">Channels of a row.</param>
    public static RowActivity Count(ReadOnlySpan<short> features, int joints, int channels)
    {
        var rows = new int[features.Length / channels];
        var frames = rows.Length / joints;
        var perChannel = new byte[frames * channels];
        for (var row = 0; row < rows.Length; row++)
        {
            var values = features.Slice(row * channels, channels);
            var sums = perChannel.AsSpan(row / joints * channels, channels);
            var count = 0;
            for (var c = 0; c < channels; c++)
            {
                if (values[c] != 0)
                {
                    count++;
                    sums[c]++;
                }
            }
            rows[row] = count;
        }
        return new RowActivity(rows, perChannel, channels);
    }
}
