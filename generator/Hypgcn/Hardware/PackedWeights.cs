namespace Hypgcn.Hardware;

/// <summary>
/// Weights of packed products (mac_array, outer_array): two that share a multiplier are the operand high * 2^18 + low, whose upper bits are
/// those of high, less one where low is negative. The memory holds high so, which saves every multiplier a subtraction.
/// </summary>
internal static class PackedWeights
{
    /// <summary>Prepares all words of a memory.</summary>
    /// <param name="image">Words of columns x lanes weights, the lanes of column 0 first. A second weight of a pair must not be the least number of its width.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="lanes">Lanes.</param>
    /// <param name="bits">Bits of a weight.</param>
    public static void Encode(MemoryImage image, int columns, int lanes, int bits)
    {
        for (var product = 0; product < columns * lanes; product++)
        {
            if (LowOf(product, lanes) is not int low)
            {
                continue;
            }
            for (var word = 0; word < image.Depth; word++)
            {
                if (image.Get(word, low * bits, bits) < 0)
                {
                    image.Set(word, product * bits, bits, image.Get(word, product * bits, bits) - 1);
                }
            }
        }
    }

    /// <summary>The first weight of the pair whose second is given; null if it is none. Each two lanes next to each other are a pair, and of an odd last one each two columns.</summary>
    /// <param name="product">Place of the weight in a word.</param>
    /// <param name="lanes">Lanes.</param>
    public static int? LowOf(int product, int lanes)
    {
        var (column, lane) = (product / lanes, product % lanes);
        return lane % 2 != 0 ? product - 1
            : lane == lanes - 1 && column % 2 != 0 ? product - lanes
            : null;
    }
}
