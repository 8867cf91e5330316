namespace Hypgcn.Reference;

/// <summary>Features in memory: rows of channels padded to whole vectors.</summary>
internal static class Layout
{
    /// <summary>Channels padded to a multiple of 16; the padding holds zeros.</summary>
    public static int Pad(int channels) => (channels + 15) / 16 * 16;

    /// <summary>Rows without their padding.</summary>
    public static short[] Compact(ReadOnlySpan<short> padded, int rows, int channels)
    {
        var compact = new short[rows * channels];
        for (var row = 0; row < rows; row++)
        {
            padded.Slice(row * Pad(channels), channels).CopyTo(compact.AsSpan(row * channels));
        }
        return compact;
    }
}
