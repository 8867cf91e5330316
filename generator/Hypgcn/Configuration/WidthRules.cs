namespace Hypgcn.Configuration;

/// <summary>How the widths of a configuration must fit its network and its formats.</summary>
internal static class WidthRules
{
    /// <summary>All problems, in file order; empty when there are none.</summary>
    /// <param name="configuration">Has passed validation.</param>
    /// <param name="blocks">Blocks of its network.</param>
    /// <param name="ignoreFormats">True where the formats are about to be replaced.</param>
    public static IReadOnlyList<string> Check(AcceleratorConfiguration configuration, int blocks, bool ignoreFormats)
    {
        var problems = new List<string>();
        var widths = configuration.BlockFeatureBits;
        if (widths is not null && widths.Count != 1 && widths.Count != blocks)
        {
            problems.Add($"block_feature_bits: {widths.Count} entries; the network has {blocks} blocks. Give one number for all, or one per block.");
            return problems;
        }
        if (!ignoreFormats)
        {
            CheckFormats(configuration, blocks, problems);
        }
        return problems;
    }

    private static void CheckFormats(AcceleratorConfiguration configuration, int blocks, List<string> problems)
    {
        var widths = configuration.BlockFeatureBits;
        if (configuration.Formats.Formats is not { } formats)
        {
            if (widths is not null && widths.Any(bits => bits != configuration.FeatureBits))
            {
                problems.Add(
                    $"formats: \"{FormatChoice.PresetName}\" with block_feature_bits; the preset has feature_bits in every block. Run hypgcn quantize, or leave out block_feature_bits.");
            }
            return;
        }
        if (formats.FeatureBits != configuration.FeatureBits)
        {
            problems.Add($"formats.feature_bits is {formats.FeatureBits}; feature_bits is {configuration.FeatureBits}, and they must agree. Run hypgcn quantize again.");
        }
        // Another number of entries is the quantizer's to report.
        for (var b = 0; b < Math.Min(blocks, formats.Blocks.Count); b++)
        {
            var wanted = widths is null ? formats.BlockBits(b) : widths[Math.Min(b, widths.Count - 1)];
            if (formats.BlockBits(b) != wanted)
            {
                problems.Add($"formats.blocks[{b}] has {formats.BlockBits(b)} bits; block_feature_bits is {wanted} there, and they must agree. Run hypgcn quantize again.");
            }
        }
    }
}
