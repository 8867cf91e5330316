using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>What formats must satisfy to describe a given network on the hardware.</summary>
internal static class FormatRules
{
    public const int MinBits = 4;
    public const int MaxBits = 16;

    /// <summary>Corrections are small; the limit keeps sums provable in 64 bits.</summary>
    public const long MostCorrection = 1L << 40;

    private const int MaxFraction = 31;

    /// <summary>All problems, in the order of the file; empty when there are none.</summary>
    public static IReadOnlyList<string> Check(ModelGraph model, QuantizationFormats formats)
    {
        var problems = new List<string>();
        CheckWidth("feature_bits", formats.FeatureBits, problems);
        if (formats.Blocks.Count != model.Blocks.Count)
        {
            problems.Add($"formats.blocks: {formats.Blocks.Count} entries; the network has {model.Blocks.Count} blocks. Run hypgcn quantize again.");
            return problems;
        }
        for (var b = 0; b < formats.Blocks.Count; b++)
        {
            CheckWidth($"blocks[{b}].feature_bits", formats.BlockBits(b), problems);
        }
        CheckFractions(formats, problems);
        if (problems.Count == 0)
        {
            CheckShifts(model, formats, problems);
        }
        return problems;
    }

    private static void CheckWidth(string key, int bits, List<string> problems)
    {
        if (bits is < MinBits or > MaxBits)
        {
            problems.Add($"formats.{key}: {bits}; it must be {MinBits} to {MaxBits}. Use 8 or 16.");
        }
    }

    private static void CheckFractions(QuantizationFormats formats, List<string> problems)
    {
        void One(string key, int? fraction)
        {
            if (fraction is < -MaxFraction or > MaxFraction)
            {
                problems.Add($"formats.{key}: {fraction}; fraction bits must be -{MaxFraction} to {MaxFraction}. Run hypgcn quantize again.");
            }
        }
        One("clip", formats.Clip);
        One("input_scale", formats.InputScale);
        One("input", formats.Input);
        for (var b = 0; b < formats.Blocks.Count; b++)
        {
            var block = formats.Blocks[b];
            One($"blocks[{b}].graph", block.Graph);
            One($"blocks[{b}].graph_feature", block.GraphFeature);
            One($"blocks[{b}].spatial", block.Spatial);
            One($"blocks[{b}].down", block.Down);
            One($"blocks[{b}].middle", block.Middle);
            One($"blocks[{b}].temporal", block.Temporal);
            One($"blocks[{b}].residual", block.Residual);
            One($"blocks[{b}].output", block.Output);
        }
        One("classifier", formats.Classifier);
    }

    private static void CheckShifts(ModelGraph model, QuantizationFormats formats, List<string> problems)
    {
        void Fits(string key, int fraction, int sumFraction)
        {
            if (fraction > sumFraction)
            {
                problems.Add($"formats.{key}: {fraction}; the sum it is rounded from has {sumFraction} fraction bits and rounding may only drop some. Use {sumFraction} or less.");
            }
        }
        Fits("input", formats.Input, formats.Clip + formats.InputScale);
        var inputFraction = formats.Input;
        IReadOnlyList<int>? input = null;
        for (var b = 0; b < formats.Blocks.Count; b++)
        {
            var (block, format) = (model.Blocks[b], formats.Blocks[b]);
            Present($"blocks[{b}].down", format.Down, block.Down is not null, problems);
            Exponents($"blocks[{b}].middle_exponents", format.MiddleExponents, block.OutputChannels, block.Down is null, input, problems);
            Exponents(
                $"blocks[{b}].output_exponents", format.OutputExponents, block.OutputChannels,
                block.Residual == ResidualKind.Identity, input, problems);
            input = format.OutputExponents;
            Fitting($"blocks[{b}].spatial_bias", format.SpatialBias, block.OutputChannels, problems);
            Fitting($"blocks[{b}].temporal_bias", format.TemporalBias, block.OutputChannels, problems);
            Present($"blocks[{b}].residual", format.Residual, block.Residual == ResidualKind.Convolution, problems);
            var scales = new BlockScales(inputFraction, format, block.Residual);
            Fits($"blocks[{b}].graph_feature", format.GraphFeature, inputFraction + format.Graph);
            Fits($"blocks[{b}].middle", format.Middle, scales.SpatialSum);
            Fits($"blocks[{b}].output", format.Output, scales.TemporalSum);
            inputFraction = format.Output;
        }
    }

    private static void Exponents(
        string key, IReadOnlyList<int>? exponents, int channels, bool isIdentity, IReadOnlyList<int>? input, List<string> problems)
    {
        const int Most = ChannelBalancer.MostExponent;
        if (exponents is not null && exponents.Count != channels)
        {
            problems.Add($"formats.{key}: {exponents.Count} entries; the block has {channels} output channels. Run hypgcn quantize again.");
        }
        else if (exponents?.FirstOrDefault(value => value is < -Most or > Most) is { } value and not 0)
        {
            problems.Add($"formats.{key}: {value}; an exponent must be -{Most} to {Most}. Run hypgcn quantize again.");
        }
        else if (isIdentity && !(exponents ?? new int[channels]).SequenceEqual(input ?? new int[channels]))
        {
            problems.Add($"formats.{key}: not those of the block's input; an identity adds the input, so they must agree. Run hypgcn quantize again.");
        }
    }

    private static void Fitting(string key, IReadOnlyList<long>? bias, int channels, List<string> problems)
    {
        if (bias is not null && bias.Count != channels)
        {
            problems.Add($"formats.{key}: {bias.Count} entries; the block has {channels} output channels. Run hypgcn quantize again.");
        }
        else if (bias?.FirstOrDefault(value => value is < -MostCorrection or > MostCorrection) is { } value and not 0)
        {
            problems.Add($"formats.{key}: {value}; a correction must be -2^40 to 2^40. Run hypgcn quantize again.");
        }
    }

    private static void Present(string key, int? fraction, bool wanted, List<string> problems)
    {
        if (fraction is null == wanted)
        {
            var rule = wanted ? "the block has this convolution and needs its format" : "the block has no such convolution";
            problems.Add($"formats.{key}: {(fraction is null ? "missing" : $"{fraction}")}; {rule}. Run hypgcn quantize again.");
        }
    }
}
