using Hypgcn.Hardware;
using Hypgcn.Quantization;

namespace Hypgcn.Fuzzing;

/// <summary>Names of the kinds of hardware and input that a design is an example of.</summary>
public static class FuzzKinds
{
    private const int BankChannels = 16;

    /// <summary>Words that an RFC FIFO dropped; known only after a run.</summary>
    public const string DroppedWords = "dropped words";

    /// <summary>The kinds that a good set of designs has all of.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "stride 1", "stride 2", "stride 3", "kernel 1", "kernel 9", "persons 1", "persons 2", "features 8", "features 16", "input of several banks",
        "stalls True", "stalls False", "gap True", "gap False", "preset q8.8", "dropped inputs", "dropped taps",
        "residual None", "residual Identity", "residual Convolution", "down True", "down False", "dropped filters True", "dropped filters False",
        "lossless True", "lossless False", "bits 8, 8, packed False", "bits 8, 16, packed False", "bits 16, 8, packed False", "bits 16, 16, packed False",
        "bits 8, 8, packed True", "bits 8, 16, packed True",
        "parts of words of U True", "parts of words of U False", "parts without joints", "array chunks across words", "array words in part",
        "down chunks across words", "down words in part", "down columns to spare", "down engines", "residual engines", "one temporal engine", "engines by turns", "engines by listed joints", "pairs of channels", "pairs of joints",
        "graph of LUTs", "graph of LUTs beside pairs",
    ];

    /// <summary>Each kind of a design once.</summary>
    public static IReadOnlyList<string> Of(FuzzDesign fuzz)
    {
        ArgumentNullException.ThrowIfNull(fuzz);
        return [.. OfCase(fuzz.Case).Concat(fuzz.Design.Blocks.SelectMany(OfBlock)).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> OfCase(FuzzCase fuzz)
    {
        yield return $"persons {fuzz.Persons}";
        yield return $"features {fuzz.FeatureBits}";
        yield return $"kernel {fuzz.Kernel}";
        yield return $"stalls {fuzz.StallSeed != 0}";
        yield return $"gap {fuzz.GapCycles != 0}";
        if (fuzz.Preset == FormatPreset.Q8Dot8)
        {
            yield return "preset q8.8";
        }
        if (fuzz.InputChannels > BankChannels)
        {
            yield return "input of several banks";
        }
    }

    private static IEnumerable<string> OfBlock(BlockDesign block)
    {
        yield return block.Parameters switch
        {
            { TemporalEngines: 1 } => "one temporal engine",
            { TemporalJointEngines: null } => "engines by turns",
            _ => "engines by listed joints",
        };
        yield return $"stride {block.Integers.Stride}";
        yield return $"residual {block.Integers.Residual}";
        yield return $"down {block.HasDown}";
        yield return $"dropped filters {Enumerable.Range(0, block.Integers.OutputChannels).Any(channel => block.Temporal.RingEntry(channel) is null)}";
        yield return $"bits {block.Bits}, {block.OutBits}, packed {block.IsPacked}";
        foreach (var (_, fifo) in block.Fifos.All)
        {
            yield return $"lossless {fifo.IsLossless}";
        }
        foreach (var (_, kind) in SpatialKinds(block).Where(entry => entry.Is))
        {
            yield return kind;
        }
    }

    private static (bool Is, string Kind)[] SpatialKinds(BlockDesign block)
    {
        var (p, padded) = (block.Parameters, block.PaddedChannels);
        return
        [
            (true, $"parts of words of U {block.GraphWordParts > 1}"),
            (block.GraphTotalWords < block.Model.Subsets * block.JointGroups * block.GraphWordParts, "parts without joints"),
            (p.ArrayChannels % p.SpatialFinish != 0, "array chunks across words"),
            (padded % p.ArrayChannels != 0, "array words in part"),
            (block.HasDown && p.DownChannels % p.SpatialFinish != 0, "down chunks across words"),
            (block.HasDown && padded % p.DownChannels != 0, "down words in part"),
            (block.HasDown && block.Down.Passes > 1 && block.Down.LastColumns < p.DownColumns, "down columns to spare"),
            (block.DownStages.Count > 1, "down engines"),
            (block.ResidualStages.Count > 1, "residual engines"),
            (block.IsPacked && p.ArrayChannels > 1, "pairs of channels"),
            (block.IsPacked && p.ArrayChannels % 2 != 0 && p.JointLanes > 1, "pairs of joints"),
            (p.GraphFabric, "graph of LUTs"),
            (p.GraphFabric && block.IsPacked, "graph of LUTs beside pairs"),
            (Math.Max(p.SpatialLutWords, p.TemporalLutWords) > DesignMemory.UsualLutWords, "deep memories of LUTs"),
            (Math.Min(p.SpatialLutWords, p.TemporalLutWords) < DesignMemory.UsualLutWords, "shallow memories in block RAM"),
            (block.KeptChannels.Count < block.Integers.InputChannels, "dropped inputs"),
            (HasDroppedTaps(block.Integers), "dropped taps"),
        ];
    }

    /// <summary>Whether a filter that has weights has a tap without any.</summary>
    private static bool HasDroppedTaps(QuantizedBlock block)
    {
        var (channels, kernel) = (block.OutputChannels, block.Kernel);
        return Enumerable.Range(0, channels).Any(filter =>
        {
            int[] weights = block.Temporal[(filter * channels * kernel)..((filter + 1) * channels * kernel)];
            int kept = Enumerable.Range(0, kernel).Count(tap => Enumerable.Range(0, channels).Any(i => weights[(i * kernel) + tap] != 0));
            return kept > 0 && kept < kernel;
        });
    }
}
