using System.Text.Json;
using System.Text.Json.Serialization;
using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Fuzzing;

/// <summary>All that a random design and its clips follow from. Small enough to be kept as a regression case.</summary>
public sealed record FuzzCase
{
    private static readonly JsonSerializerOptions Json = new(ConfigurationFile.Json)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Seed that the case was drawn from; it only names it.</summary>
    public required int Seed { get; init; }

    /// <summary>Seed of weights, their zeros and the clips; 1 to 10^9.</summary>
    public required int WeightSeed { get; init; }

    public required int Joints { get; init; }

    /// <summary>K.</summary>
    public required int Subsets { get; init; }

    /// <summary>T.</summary>
    public required int Frames { get; init; }

    /// <summary>M.</summary>
    public required int Persons { get; init; }

    /// <summary>Persons that data_bn tells apart: 1, or <see cref="Persons"/>.</summary>
    public required int DataNormPersons { get; init; }

    public required int InputChannels { get; init; }

    public required int Classes { get; init; }

    /// <summary>Temporal kernel of all blocks, odd.</summary>
    public required int Kernel { get; init; }

    /// <summary>Size of weights relative to variance-preserving ones; large ones saturate features.</summary>
    public required double Gain { get; init; }

    public required FormatPreset Preset { get; init; }

    /// <summary>Width of the ports and of the classifier's weights: 8 or 16.</summary>
    public required int FeatureBits { get; init; }

    /// <summary>How far the powers of two of a feature's channels may lie apart, in tensors of 8 bits; 0: channels are not scaled.</summary>
    public required int BalanceSpan { get; init; }

    /// <summary>Whether channels are in the order that suits the lanes.</summary>
    public required bool Balanced { get; init; }

    public required IReadOnlyList<FuzzBlock> Blocks { get; init; }

    public required int PoolWidth { get; init; }

    public required int ClassifierLanes { get; init; }

    /// <summary>Whether stages count their cycles.</summary>
    public required bool Counters { get; init; }

    /// <summary>Seed of the ports' stalls; 0 is free running.</summary>
    public required ulong StallSeed { get; init; }

    /// <summary>Cycles without input between clips.</summary>
    public required int GapCycles { get; init; }

    /// <summary>Clips, 1 or more: an ordinary one, one that saturates the input, then of zeros.</summary>
    public required int Clips { get; init; }

    /// <summary>Seed of what registers hold before reset.</summary>
    public required int ResetSeed { get; init; }

    /// <summary>Reads a case from a file.</summary>
    /// <exception cref="HypgcnException">The file is missing, or is no case.</exception>
    public static FuzzCase Read(string path)
    {
        try
        {
            FuzzCase? read = JsonSerializer.Deserialize<FuzzCase>(ConfigurationFile.ReadText(path, "a fuzz case"), Json);
            return read is { Blocks.Count: > 0 } and { Clips: > 0 }
                ? read
                : throw new HypgcnException($"{path}: has no blocks or no clips; a fuzz case has one or more of both. Use a file that hypgcn fuzz wrote.");
        }
        catch (JsonException problem)
        {
            throw new HypgcnException($"{path}: {JsonProblem.Describe(problem)}; a fuzz case is JSON. Use a file that hypgcn fuzz wrote.", problem);
        }
    }

    /// <summary>Writes the case to a file, and its folder where it is missing.</summary>
    /// <exception cref="HypgcnException">The file cannot be written.</exception>
    public void Write(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, ToString());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HypgcnException(
                $"{path}: the file cannot be written ({problem.Message.TrimEnd('.')}); its folder must be writable. Choose another folder.", problem);
        }
    }

    /// <summary>Its JSON.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Json) + "\n";

    internal SmallNetwork Network => new()
    {
        Seed = WeightSeed,
        Joints = Joints,
        Subsets = Subsets,
        InputChannels = InputChannels,
        Classes = Classes,
        DataNormPersons = DataNormPersons,
        Kernel = Kernel,
        Gain = Gain,
        Blocks = [.. Blocks.Select(block => (block.Channels, block.Stride, block.Residual))],
    };
}
