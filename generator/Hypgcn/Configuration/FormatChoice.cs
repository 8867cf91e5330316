using System.Text.Json.Serialization;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Configuration;

/// <summary>Formats written out per tensor, or the preset <c>q8.8</c>.</summary>
[JsonConverter(typeof(FormatChoiceConverter))]
public sealed record FormatChoice
{
    /// <summary>JSON's name of the preset.</summary>
    public const string PresetName = "q8.8";

    /// <summary>Null for the preset.</summary>
    public QuantizationFormats? Formats { get; init; }

    /// <summary>8 integer bits everywhere; at 16 bits that is F = 8.</summary>
    public static FormatChoice Preset { get; } = new();

    /// <summary>The formats of a network at a width.</summary>
    public QuantizationFormats Resolve(ModelGraph model, int featureBits) =>
        Formats ?? FormatCalibrator.Choose(
            model, [], 1, 1, new QuantizerOptions { FeatureBits = featureBits, Preset = FormatPreset.Q8Dot8 });
}
