using Hypgcn.Quantization;

namespace Hypgcn.Reference;

/// <summary>Weights of sums[o] = sum_j x[j] w[j,o], packed for multiply-adds of pairs of 16-bit products into 32 bits.</summary>
/// <remarks>A tile is up to 64 outputs in groups of 16; its weights lie as [pair][group][output][2]. Within a segment of
/// pairs every partial sum provably fits 32 bits for the weights actually there; between segments sums go to 64 bits.</remarks>
internal sealed class PackedProduct
{
    public const int GroupOutputs = 16;
    public const int TileGroups = 4;

    private PackedProduct(IReadOnlyList<PackedTile> tiles) => Tiles = tiles;

    public IReadOnlyList<PackedTile> Tiles { get; }

    /// <param name="weight">Weight of an input and an output.</param>
    /// <param name="offsets">Where in memory, relative to a row, each input lies; inputs 2n and 2n+1 must be neighbours.
    /// Even count; -1 at an odd place marks an input that does not exist.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="feature">Range of every input.</param>
    public static PackedProduct Build(Func<int, int, int> weight, ReadOnlySpan<int> offsets, int outputs, SumRange feature)
    {
        var tiles = new List<PackedTile>();
        for (var first = 0; first < outputs; first += TileGroups * GroupOutputs)
        {
            var groups = Math.Min(TileGroups, (outputs - first + GroupOutputs - 1) / GroupOutputs);
            var builder = new PackedTileBuilder(first, groups, feature);
            for (var j = 0; j < offsets.Length; j += 2)
            {
                var present = offsets[j + 1] >= 0;
                var pair = new short[groups * GroupOutputs * 2];
                for (var o = 0; o < groups * GroupOutputs && first + o < outputs; o++)
                {
                    pair[2 * o] = (short)weight(j, first + o);
                    pair[2 * o + 1] = present ? (short)weight(j + 1, first + o) : (short)0;
                }
                builder.Add(offsets[j], pair);
            }
            tiles.Add(builder.Build());
        }
        return new PackedProduct(tiles);
    }
}
