namespace Hypgcn.Quantization;

/// <summary>Rounding of reals to integers of a fixed-point format.</summary>
internal static class FixedPoint
{
    private const int SymmetricBits = 8;

    /// <summary>
    /// Round half up, then saturate to <paramref name="bits"/> bits. The least number of 8 bits and fewer is left out: two such weights may share
    /// a multiplier, where the second comes less one.
    /// </summary>
    public static int[] Weights(ReadOnlySpan<double> values, int fractionBits, int bits)
    {
        var high = (1L << (bits - 1)) - 1;
        var low = bits <= SymmetricBits ? -high : -high - 1;
        var rounded = new int[values.Length];
        for (var n = 0; n < values.Length; n++)
        {
            rounded[n] = (int)Math.Clamp(Round(values[n], fractionBits), low, high);
        }
        return rounded;
    }

    /// <summary>Round half up; biases enter exact sums and never saturate.</summary>
    public static long[] Biases(ReadOnlySpan<double> values, int fractionBits)
    {
        var rounded = new long[values.Length];
        for (var n = 0; n < values.Length; n++)
        {
            rounded[n] = (long)Round(values[n], fractionBits);
        }
        return rounded;
    }

    private static double Round(double value, int fractionBits)
    {
        var rounded = Math.Floor(Math.ScaleB(value, fractionBits) + 0.5);
        // 2^60 leaves room for the sums around it; beyond, the network itself is broken (a variance of zero, say).
        return Math.Abs(rounded) < 1L << 60
            ? rounded
            : throw new HypgcnException(
                $"quantize: a folded weight or bias is {value}; at 2^-{fractionBits} it must stay below 2^60. Check the batch norms of the checkpoint.");
    }
}
