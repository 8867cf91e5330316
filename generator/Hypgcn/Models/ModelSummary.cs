namespace Hypgcn.Models;

/// <summary>A network in numbers, for people who choose hardware for it. Dense: zeros of a pruned network count.</summary>
public sealed record ModelSummary
{
    /// <summary>Frames T of a clip.</summary>
    public required int Frames { get; init; }

    /// <summary>Persons M of a clip.</summary>
    public required int Persons { get; init; }

    public required int Joints { get; init; }

    public required int Subsets { get; init; }

    public required int InputChannels { get; init; }

    public required int Classes { get; init; }

    public required int DataNormPersons { get; init; }

    public required IReadOnlyList<BlockSummary> Blocks { get; init; }

    /// <summary>Parameters of data_bn, all blocks and fc.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-accumulates of fc.</summary>
    public required long ClassifierMacs { get; init; }

    /// <summary>Tensors of the checkpoint that the accelerator does not use.</summary>
    public required IReadOnlyList<string> Dropped { get; init; }

    public long GraphMacs => Blocks.Sum(b => b.GraphMacs);

    public long SpatialMacs => Blocks.Sum(b => b.SpatialMacs);

    public long TemporalMacs => Blocks.Sum(b => b.TemporalMacs);

    public long ShortcutMacs => Blocks.Sum(b => b.ShortcutMacs);

    /// <summary>Multiply-accumulates of one clip; data_bn and pooling, which the accelerator does without multipliers of the arrays, are left out.</summary>
    public long MacsPerClip => Blocks.Sum(b => b.Macs) + ClassifierMacs;

    /// <summary>Counts a network on clips of T frames and M persons.</summary>
    public static ModelSummary Of(ModelGraph model, int frames, int persons)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, 1);
        var blocks = new List<BlockSummary>();
        int entering = frames;
        foreach (BlockModel block in model.Blocks)
        {
            blocks.Add(Summarise(model, block, blocks.Count + 1, entering, persons));
            entering = ((entering - 1) / block.Stride) + 1;
        }

        return new ModelSummary
        {
            Frames = frames,
            Persons = persons,
            Joints = model.Joints,
            Subsets = model.Subsets,
            InputChannels = model.InputChannels,
            Classes = model.Classes,
            DataNormPersons = model.DataNormPersons,
            Blocks = blocks,
            Parameters = Weights(model.DataNorm) + blocks.Sum(b => b.Parameters) + model.ClassifierWeight.Length + model.ClassifierBias.Length,
            ClassifierMacs = model.ClassifierWeight.Length,
            Dropped = model.Dropped,
        };
    }

    private static BlockSummary Summarise(ModelGraph model, BlockModel block, int number, int frames, int persons)
    {
        long rows = (long)frames * persons * model.Joints;
        long outputRows = (((long)frames - 1) / block.Stride + 1) * persons * model.Joints;
        return new BlockSummary
        {
            Number = number,
            InputChannels = block.InputChannels,
            OutputChannels = block.OutputChannels,
            Stride = block.Stride,
            Frames = frames,
            Residual = block.Residual,
            Parameters = block.Graph.Length + block.Spatial.Sum(Weights) + Weights(block.SpatialNorm) + Weights(block.Down) + Weights(block.DownNorm) +
                Weights(block.Temporal) + Weights(block.TemporalNorm) + Weights(block.ResidualConvolution) + Weights(block.ResidualNorm),
            GraphMacs = rows * model.Joints * model.Subsets * block.InputChannels,
            SpatialMacs = rows * block.Spatial.Sum(c => (long)c.Weight.Length),
            TemporalMacs = outputRows * block.Temporal.Weight.Length,
            ShortcutMacs = (rows * (block.Down?.Weight.Length ?? 0)) + (outputRows * (block.ResidualConvolution?.Weight.Length ?? 0)),
        };
    }

    private static long Weights(Convolution? convolution) => convolution is null ? 0 : convolution.Weight.Length + convolution.Bias.Length;

    private static long Weights(BatchNorm? norm) => norm is null ? 0 : norm.Gamma.Length + norm.Beta.Length;
}
