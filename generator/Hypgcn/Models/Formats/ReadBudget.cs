namespace Hypgcn.Models.Formats;

/// <summary>Bounds what one file may make this process hold, whatever sizes it declares.</summary>
/// <remarks>A small file may ask for 256 MiB, a large one for 64 times its own size: trained networks compress
/// far less than that, a zip bomb or a tensor of stride 0 far more.</remarks>
internal sealed class ReadBudget
{
    private const long SmallestLimitBytes = 256L << 20;
    private const int LargestRatio = 64;
    private readonly long _limitBytes;
    private long _usedBytes;

    public ReadBudget(long fileBytes)
    {
        _limitBytes = Math.Max(SmallestLimitBytes, fileBytes > long.MaxValue / LargestRatio ? long.MaxValue : fileBytes * LargestRatio);
    }

    /// <summary>Claims memory before it is allocated.</summary>
    public void Claim(string where, string what, long bytes)
    {
        if (bytes < 0 || bytes > _limitBytes - _usedBytes)
        {
            throw Problem.At(where, $"{what} asks for {bytes} bytes beyond {_usedBytes} already read; a file of this size may unpack to {_limitBytes} bytes. " +
                "Check where the file comes from.");
        }

        _usedBytes += bytes;
    }
}
