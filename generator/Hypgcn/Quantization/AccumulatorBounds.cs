using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>Proves how wide each accumulator must be: no clip, however hostile, can overflow it.</summary>
public static class AccumulatorBounds
{
    /// <summary>Ranges of all accumulators.</summary>
    /// <exception cref="OverflowException">A sum may leave 64 bits; no sensible network comes near.</exception>
    public static ModelWidths Compute(QuantizedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var blocks = new List<BlockWidths>();
        long frames = model.Frames;
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            blocks.Add(ComputeBlock(model, model.Blocks[b], Input(model, b)));
            frames = (frames + model.Blocks[b].Stride - 1) / model.Blocks[b].Stride;
        }
        var pool = new SumRange(0, Signed(model.Blocks[^1].OutputBits).Max * frames * model.Persons * model.Joints);
        return new ModelWidths
        {
            Input = ComputeInput(model.Input, Signed(model.FeatureBits)),
            Blocks = blocks,
            Pool = pool,
            Classifier = ComputeClassifier(model, pool),
        };
    }

    /// <summary>Range of B-bit two's complement.</summary>
    internal static SumRange Signed(int bits) => new(-(1L << (bits - 1)), (1L << (bits - 1)) - 1);

    /// <summary>Range of a block's input; only the first block's has not been through a ReLU.</summary>
    internal static SumRange Input(QuantizedModel model, int block)
    {
        var signed = Signed(model.Blocks[block].FeatureBits);
        return block == 0 ? signed : signed with { Min = 0 };
    }

    private static SumRange Half(int shift) => SumRange.Of(shift == 0 ? 0 : 1L << (shift - 1));

    private static SumRange ComputeInput(QuantizedInput input, SumRange q)
    {
        var range = default(SumRange);
        for (var n = 0; n < input.Scale.Length; n++)
        {
            range |= SumRange.Product(input.Scale[n], q) + SumRange.Of(input.Offset[n]) + Half(input.Shift);
        }
        return range;
    }

    private static BlockWidths ComputeBlock(QuantizedModel model, QuantizedBlock block, SumRange x)
    {
        var signed = Signed(block.FeatureBits);
        var (inputs, outputs) = (block.InputChannels, block.OutputChannels);
        var graph = Graph(block, model.Joints, x);
        var spatial = Columns(block.Spatial, model.Subsets * inputs, outputs, signed);
        var down = block.Down is null ? Constant(x, outputs) : Columns(block.Down, inputs, outputs, x);
        var taps = Taps(block, signed with { Min = 0 });
        var temporal = Enumerable.Range(0, outputs)
            .Select(o => Sum(taps.AsSpan(o * block.Kernel, block.Kernel))).ToArray();
        var residual = block.Residual switch
        {
            ResidualKind.None => Constant(default, outputs),
            ResidualKind.Identity => Constant(x, outputs),
            _ => Columns(block.ResidualWeight!, inputs, outputs, x),
        };
        return new BlockWidths
        {
            Graph = graph,
            GraphRounded = graph + Half(block.GraphShift),
            SpatialProducts = Union(spatial),
            Down = Union(down),
            SpatialSum = Aligned(
                block.SpatialBias, spatial, block.SpatialAlign, down, block.SpatialShortcutAlign, block.SpatialShift),
            TemporalTap = Union(taps),
            TemporalProducts = Union(temporal),
            Residual = Union(residual),
            TemporalSum = Aligned(
                block.TemporalBias, temporal, block.TemporalAlign, residual, block.ResidualAlign, block.TemporalShift),
        };
    }

    private static SumRange Graph(QuantizedBlock block, int joints, SumRange x)
    {
        var range = default(SumRange);
        for (var k = 0; k < block.Graph.Length / (joints * joints); k++)
        {
            range |= Union(Columns(block.Graph.AsSpan(k * joints * joints, joints * joints), joints, joints, x));
        }
        return range;
    }

    /// <summary>Range of each column's sum; weights are [row, column].</summary>
    private static SumRange[] Columns(ReadOnlySpan<int> weight, int rows, int columns, SumRange feature)
    {
        var ranges = new SumRange[columns];
        for (var n = 0; n < rows * columns; n++)
        {
            ranges[n % columns] += SumRange.Product(weight[n], feature);
        }
        return ranges;
    }

    /// <summary>Range of each (filter, tap) pair's sum over input channels, [output, tap].</summary>
    private static SumRange[] Taps(QuantizedBlock block, SumRange z)
    {
        var ranges = new SumRange[block.OutputChannels * block.Kernel];
        for (var n = 0; n < block.Temporal.Length; n++)
        {
            var (o, tap) = (n / (block.OutputChannels * block.Kernel), n % block.Kernel);
            ranges[o * block.Kernel + tap] += SumRange.Product(block.Temporal[n], z);
        }
        return ranges;
    }

    private static SumRange Aligned(
        long[] bias, SumRange[] products, int productsAlign, SumRange[] shortcut, int shortcutAlign, int shift)
    {
        var range = default(SumRange);
        for (var o = 0; o < bias.Length; o++)
        {
            range |= SumRange.Of(bias[o]) + (products[o] << productsAlign) + (shortcut[o] << shortcutAlign) + Half(shift);
        }
        return range;
    }

    private static SumRange ComputeClassifier(QuantizedModel model, SumRange pool)
    {
        var channels = model.Classifier.Weight.Length / model.Classes;
        var range = default(SumRange);
        for (var c = 0; c < model.Classes; c++)
        {
            var sum = SumRange.Of(model.Classifier.Bias[c]);
            foreach (var weight in model.Classifier.Weight.AsSpan(c * channels, channels))
            {
                sum += SumRange.Product(weight, pool);
            }
            range |= sum;
        }
        return range;
    }

    private static SumRange[] Constant(SumRange range, int count) => [.. Enumerable.Repeat(range, count)];

    private static SumRange Union(ReadOnlySpan<SumRange> ranges)
    {
        var union = default(SumRange);
        foreach (var range in ranges)
        {
            union |= range;
        }
        return union;
    }

    private static SumRange Sum(ReadOnlySpan<SumRange> ranges)
    {
        var sum = default(SumRange);
        foreach (var range in ranges)
        {
            sum += range;
        }
        return sum;
    }
}
