using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Hardware;

/// <summary>Legal ranges of the hardware parameters for a network. All problems are reported together.</summary>
public static class HardwareRules
{
    private static readonly int[] FinishWidths = [1, 2, 4, 8, 16];

    /// <summary>Throws if anything is out of range.</summary>
    /// <exception cref="HypgcnException">Lists every problem.</exception>
    public static void Check(QuantizedModel model, HardwareParameters parameters)
    {
        var problems = Problems(model, parameters);
        if (problems.Count > 0)
        {
            throw new HypgcnException(string.Join(" ", problems));
        }
    }

    /// <summary>All problems, in order of the blocks.</summary>
    public static IReadOnlyList<string> Problems(QuantizedModel model, HardwareParameters parameters)
    {
        var problems = new List<string>();
        if (model.Joints is < 1 or > 64)
        {
            problems.Add($"graph: {model.Joints} joints; the hardware takes 1 to 64. Use another graph.");
        }
        if (model.FeatureBits is not (8 or 16))
        {
            problems.Add($"feature_bits is {model.FeatureBits}; the hardware's ports have 8 or 16. Use one of these.");
        }
        if (parameters.Blocks.Count != model.Blocks.Count)
        {
            problems.Add($"hardware.blocks has {parameters.Blocks.Count} entries; the network has {model.Blocks.Count} blocks. Give one entry per block.");
            return problems;
        }
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            CheckBlock($"hardware.blocks[{b}]", model, model.Blocks[b], parameters.Blocks[b], problems);
        }
        Choice(problems, "hardware.pool_width", parameters.PoolWidth, [1, 2, 4, 8], "the pool's memory word");
        Range(problems, "hardware.classifier_lanes", parameters.ClassifierLanes, 1, model.Classes);
        Choice(problems, "hardware.beat_values", parameters.BeatValues, [1, 2, 4, 8, 16, 32], "an AXI4-Stream beat of a power of two bytes");
        return problems;
    }

    private static void CheckBlock(string where, QuantizedModel model, QuantizedBlock block, BlockParameters p, List<string> problems)
    {
        var padded = (block.OutputChannels + 15) / 16 * 16;
        if (block.FeatureBits is not (8 or 16))
        {
            problems.Add($"{where}: block_feature_bits is {block.FeatureBits}; the hardware takes 8 or 16. Use one of these.");
        }
        if (block.Kernel is < 1 or > 15 || block.Kernel % 2 == 0)
        {
            problems.Add($"{where}: temporal kernel is {block.Kernel}; the hardware takes odd kernels up to 15. Retrain with such a kernel.");
        }
        Range(problems, $"{where}.joint_lanes", p.JointLanes, 1, model.Joints);
        Range(problems, $"{where}.graph_lanes", p.GraphLanes, 1, Math.Clamp(p.JointLanes, 1, model.Joints));
        if (p.JointLanes >= 1 && p.JointLanes <= model.Joints && p.GraphLanes >= 1 && p.GraphLanes <= p.JointLanes)
        {
            Range(problems, $"{where}.graph_words", p.GraphWords, 1, BlockDesign.GraphWords(model, p));
        }
        Range(problems, $"{where}.array_channels", p.ArrayChannels, 1, padded);
        Choice(problems, $"{where}.spatial_finish", p.SpatialFinish, FinishWidths, "a bank of 16");
        AtMost(problems, $"{where}.spatial_finish", p.SpatialFinish, p.ArrayChannels, "array_channels");
        Divides(problems, $"{where}.temporal_groups", p.TemporalGroups, padded, $"the {padded} padded output channels");
        Range(problems, $"{where}.temporal_columns", p.TemporalColumns, 1, padded * block.Kernel);
        Range(problems, $"{where}.temporal_engines", p.TemporalEngines, 1, model.Joints);
        if (p.TemporalJointEngines is { } engines && p.TemporalEngines >= 1 && p.TemporalEngines <= model.Joints && !engines.Fits(model.Joints, p.TemporalEngines))
        {
            problems.Add(
                $"{where}.temporal_joint_engines does not share {model.Joints} joints among {p.TemporalEngines} engines: of every {p.TemporalEngines} joints in a row each engine "
                    + "takes one, of fewer at the end each of the first engines. Leave it out, or let tune choose it.");
        }
        Choice(problems, $"{where}.temporal_finish", p.TemporalFinish, FinishWidths, "a bank of 16");
        Divides(problems, $"{where}.temporal_finish", p.TemporalFinish, p.TemporalGroups, $"temporal_groups {p.TemporalGroups}");
        Range(problems, $"{where}.spatial_lut_words", p.SpatialLutWords, 0, DesignMemory.MostLutWords);
        Range(problems, $"{where}.temporal_lut_words", p.TemporalLutWords, 0, DesignMemory.MostLutWords);
        if (block.Down is not null)
        {
            Range(problems, $"{where}.down_channels", p.DownChannels, 1, padded);
            Range(problems, $"{where}.down_columns", p.DownColumns, 1, BlockDesign.Divide(padded, Math.Max(1, p.DownChannels)));
            Range(problems, $"{where}.down_engines", p.DownEngines, 1, model.Joints);
            AtMost(problems, $"{where}.spatial_finish", p.SpatialFinish, p.DownChannels, "down_channels");
        }
        if (block.Residual == ResidualKind.Convolution)
        {
            Range(problems, $"{where}.residual_channels", p.ResidualChannels, 1, padded);
            Range(problems, $"{where}.residual_columns", p.ResidualColumns, 1, BlockDesign.Divide(padded, Math.Max(1, p.ResidualChannels)));
            Range(problems, $"{where}.residual_engines", p.ResidualEngines, 1, model.Joints);
            AtMost(problems, $"{where}.temporal_finish", p.TemporalFinish, p.ResidualChannels, "residual_channels");
        }
        CheckFifos(where, model, block, p, problems);
    }

    /// <summary>Problems of the RFC FIFOs of a block.</summary>
    /// <param name="b">Block, from 0.</param>
    /// <param name="model">The network.</param>
    /// <param name="parameters">The block's parameters.</param>
    internal static IReadOnlyList<string> FifoProblems(int b, QuantizedModel model, BlockParameters parameters)
    {
        var problems = new List<string>();
        CheckFifos($"hardware.blocks[{b}]", model, model.Blocks[b], parameters, problems);
        return problems;
    }

    private static void CheckFifos(string where, QuantizedModel model, QuantizedBlock block, BlockParameters p, List<string> problems)
    {
        Range(problems, $"{where}.middle_fifo_frames", p.MiddleFifoFrames, 1, 64);
        Range(problems, $"{where}.spatial_fifo_frames", p.SpatialFifoFrames, 1, 64);
        Range(problems, $"{where}.residual_fifo_slack_frames", p.ResidualFifoSlackFrames, 0, 64);
        foreach (var (reader, fifo) in BlockFifos.Of(block, model.Joints, p).All)
        {
            var key = $"{where}.{(reader == RfcReader.Spatial ? "spatial" : reader == RfcReader.Middle ? "middle" : "residual")}_fifo_words";
            foreach (var (words, n) in fifo.Words.ToArray().Select((words, n) => (words, n)).Where(_ => fifo.Depth > 0))
            {
                Range(problems, $"{key}[{n}]", words, 1, fifo.Depth + 1);
            }
        }
    }

    private static void Range(List<string> problems, string where, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            problems.Add($"{where} is {value}; it must be {min} to {max}. Choose a value in that range.");
        }
    }

    private static void AtMost(List<string> problems, string where, int value, int most, string what)
    {
        if (value > most)
        {
            problems.Add($"{where} is {value}; it must be at most {what}, which is {most}. Choose a smaller width or raise {what}.");
        }
    }

    private static void Divides(List<string> problems, string where, int value, int of, string what)
    {
        if (value < 1 || of < 1 || of % value != 0)
        {
            var divisors = string.Join(", ", Enumerable.Range(1, Math.Max(1, of)).Where(d => of % d == 0));
            problems.Add($"{where} is {value}, which does not divide {what}. Use {divisors}.");
        }
    }

    private static void Choice(List<string> problems, string where, int value, int[] allowed, string what)
    {
        if (!allowed.Contains(value))
        {
            problems.Add($"{where} is {value}, which does not fit {what}. Use {string.Join(", ", allowed)}.");
        }
    }
}
