using Hypgcn.Models;

namespace Hypgcn.Pruning;

/// <summary>The structure that a network's zeros have: dropped channels, dropped filters, kept taps. No other file is needed to know it.</summary>
public sealed record ModelStructure
{
    public required IReadOnlyList<BlockStructure> Blocks { get; init; }

    /// <summary>Weights of all convolutions of the blocks, shortcuts included; not biases, norms, graphs or the classifier.</summary>
    public WeightCount Weights => Blocks.Aggregate(default(WeightCount), (sum, block) => sum + block.Weights);

    public MacCount DenseMacs => Blocks.Aggregate(default(MacCount), (sum, block) => sum + block.DenseMacs);

    public MacCount KeptMacs => Blocks.Aggregate(default(MacCount), (sum, block) => sum + block.KeptMacs);

    /// <summary>Dense weights over kept weights.</summary>
    public double Compression => (double)Weights.Dense / Math.Max(1, Weights.Kept);

    /// <summary>Graph-skipping efficiency: share of the multiply-accumulates of the graphs that are left out.</summary>
    public double GraphSkip => 1 - ((double)KeptMacs.Graph / DenseMacs.Graph);

    /// <summary>Share of spatial input channels kept.</summary>
    public double KeptInputShare => (double)Blocks.Sum(b => b.KeptInputs.Count) / Blocks.Sum(b => b.InputChannels);

    /// <summary>Whether there is anything that the accelerator leaves out.</summary>
    public bool IsPruned => Weights.Kept < Weights.Dense;

    /// <summary>Reads the structure of a network; multiply-accumulates are for clips of T frames and M persons.</summary>
    public static ModelStructure Of(ModelGraph model, int frames, int persons)
    {
        var dense = ModelSummary.Of(model, frames, persons);
        return new ModelStructure { Blocks = [.. model.Blocks.Zip(dense.Blocks, Block)] };
    }

    private static BlockStructure Block(BlockModel block, BlockSummary dense)
    {
        var inputs = KeptInputs(block.Spatial);
        var taps = Enumerable.Range(0, block.OutputChannels).Select(filter => KeptTaps(block.Temporal, filter)).ToArray();
        int[] filters = [.. Enumerable.Range(0, taps.Length).Where(filter => taps[filter].Length > 0)];
        int[][] kept = [.. filters.Select(filter => taps[filter])];
        var down = Count(block.Down);
        var residual = Count(block.ResidualConvolution);
        var spatial = block.Spatial.Aggregate(default(WeightCount), (sum, c) => sum + Count(c, (long)inputs.Length * c.OutputChannels));
        var temporal = Count(block.Temporal, (long)kept.Sum(set => set.Length) * block.OutputChannels);
        var shortcut = Scaled(Macs(dense, block), down, residual);
        return new BlockStructure
        {
            Number = dense.Number,
            InputChannels = block.InputChannels,
            KeptInputs = inputs,
            Filters = block.OutputChannels,
            KeptFilters = filters,
            Kernel = block.Temporal.Kernel,
            KeptTaps = kept,
            Pattern = TapPatternRecognition.Name(kept, block.Temporal.Kernel),
            Spatial = spatial,
            Temporal = temporal,
            Shortcut = down + residual,
            DenseMacs = new MacCount(dense.GraphMacs, dense.SpatialMacs, dense.TemporalMacs, dense.ShortcutMacs),
            KeptMacs = new MacCount(
                dense.GraphMacs / block.InputChannels * inputs.Length,
                Scaled(dense.SpatialMacs, spatial),
                Scaled(dense.TemporalMacs, temporal),
                shortcut),
        };
    }

    private static long Scaled(long macs, WeightCount weights) => weights.Dense == 0 ? 0 : macs / weights.Dense * weights.Kept;

    // The two shortcuts run at different rates: down before the stride, the residual after it.
    private static long Scaled((long Rows, long OutputRows) macs, WeightCount down, WeightCount residual) =>
        (macs.Rows * down.Kept) + (macs.OutputRows * residual.Kept);

    private static (long Rows, long OutputRows) Macs(BlockSummary dense, BlockModel block) => (
        dense.SpatialMacs / block.Spatial.Sum(c => (long)c.Weight.Length),
        dense.TemporalMacs / block.Temporal.Weight.Length);

    private static int[] KeptInputs(IReadOnlyList<Convolution> convolutions) =>
        [.. Enumerable.Range(0, convolutions[0].InputChannels).Where(input => convolutions.Any(c => Reads(c, input)))];

    private static bool Reads(Convolution convolution, int input)
    {
        for (var o = 0; o < convolution.OutputChannels; o++)
        {
            if (convolution.Weight[(o * convolution.InputChannels) + input] != 0)
            {
                return true;
            }
        }
        return false;
    }

    private static int[] KeptTaps(Convolution temporal, int filter)
    {
        var kept = new bool[temporal.Kernel];
        var size = temporal.InputChannels * temporal.Kernel;
        for (var n = 0; n < size; n++)
        {
            kept[n % temporal.Kernel] |= temporal.Weight[(filter * size) + n] != 0;
        }
        return [.. Enumerable.Range(0, kept.Length).Where(tap => kept[tap])];
    }

    private static WeightCount Count(Convolution? shortcut) => shortcut is null
        ? default
        : Count(shortcut, (long)KeptInputs([shortcut]).Length * shortcut.OutputChannels);

    // Everything outside the kept structure is zero, so what is not zero is inside.
    private static WeightCount Count(Convolution convolution, long kept) =>
        new(convolution.Weight.Length, kept, kept - convolution.Weight.LongCount(weight => weight != 0));
}
