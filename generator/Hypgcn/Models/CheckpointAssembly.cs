namespace Hypgcn.Models;

/// <summary>Puts blocks together; goes on after a problem so that all are found at once.</summary>
internal sealed class CheckpointAssembly(CheckpointTensors source, CheckpointOptions options, IReadOnlyList<string> names, int subsets)
{
    private readonly int _joints = options.Graph.Joints;

    /// <summary>The network, or null where <see cref="CheckpointTensors.Problems"/> says why not.</summary>
    public ModelGraph? Assemble()
    {
        int inputChannels = InputChannels();
        int persons = DataNormPersons(inputChannels);
        BatchNorm? dataNorm = source.TakeNorm("data_bn", persons * _joints * inputChannels);

        var blocks = new List<BlockModel>();
        int channels = inputChannels;
        for (int i = 0; i < names.Count; i++)
        {
            (BlockModel? block, channels) = Block(i, channels);
            if (block is not null)
                blocks.Add(block);
        }

        int classes = Extent(source.Peek("fc.weight"), 0, 1);
        double[]? weight = source.Take("fc.weight", [classes, channels]);
        double[]? bias = source.Take("fc.bias", [classes]);
        if (source.Problems.Count > 0)
            return null;
        return new ModelGraph
        {
            Joints = _joints,
            Subsets = subsets,
            InputChannels = inputChannels,
            Classes = classes,
            DataNormPersons = persons,
            DataNorm = dataNorm!,
            Blocks = blocks,
            ClassifierWeight = weight!,
            ClassifierBias = bias!,
            Dropped = source.Dropped,
        };
    }

    // Beside an extent of 0 the others can be anything: only those that hold values count.
    private static int Extent(Tensor? tensor, int axis, int fallback) =>
        tensor is { Count: > 0 } && tensor.Shape.Count > axis ? tensor.Shape[axis] : fallback;

    private int InputChannels()
    {
        int channels = Extent(source.Peek($"{source.GraphUnit(names[0])}.conv_d.0.weight"), 1, 3);
        // Beyond any array the guess is 3, and Take names the shape.
        return (long)_joints * channels <= Array.MaxLength ? channels : 3;
    }

    private int DataNormPersons(int inputChannels)
    {
        int perPerson = _joints * inputChannels;
        int features = Extent(source.Peek("data_bn.weight"), 0, perPerson);
        // Not a multiple: one person is assumed and Take names the shape.
        return features % perPerson == 0 ? features / perPerson : 1;
    }

    private (BlockModel? Block, int Channels) Block(int index, int inputs)
    {
        string name = names[index];
        string gcn = source.GraphUnit(name);
        int outputs = Extent(source.Peek($"{gcn}.conv_d.0.weight"), 0, inputs);
        double[]? graph = Graph(gcn);
        List<Convolution?> spatial = [.. Enumerable.Range(0, Math.Max(1, subsets)).Select(k => source.TakeConvolution($"{gcn}.conv_d.{k}", outputs, inputs, 1))];
        BatchNorm? spatialNorm = source.TakeNorm($"{gcn}.bn", outputs);
        (Convolution? down, BatchNorm? downNorm) = Shortcut(outputs, inputs, inputs != outputs, ($"{gcn}.down", "0", "1"), ($"{gcn}.conv_res", "0", "1"));

        string tcn = source.Prefix($"{name}.tcn1", $"{name}.tcn");
        Convolution? temporal = Temporal(tcn, outputs);
        BatchNorm? temporalNorm = source.TakeNorm($"{tcn}.bn", outputs);
        (Convolution? residual, BatchNorm? residualNorm) = Shortcut(outputs, inputs, false, ($"{name}.residual", "conv", "bn"), ($"{name}.residual", "0", "1"));
        ResidualKind kind = residual is not null ? ResidualKind.Convolution
            : index == 0 || inputs != outputs ? ResidualKind.None
            : ResidualKind.Identity;
        int stride = Stride(index, kind);
        if (source.Problems.Count > 0)
            return (null, outputs);

        var block = new BlockModel
        {
            InputChannels = inputs,
            OutputChannels = outputs,
            Stride = stride,
            Graph = graph!,
            Spatial = [.. spatial.OfType<Convolution>()],
            SpatialNorm = spatialNorm!,
            Down = down,
            DownNorm = downNorm,
            Temporal = temporal!,
            TemporalNorm = temporalNorm!,
            Residual = kind,
            ResidualConvolution = residual,
            ResidualNorm = residualNorm,
        };
        return (block, outputs);
    }

    private int Stride(int index, ResidualKind kind)
    {
        int stride = options.Strides?[index] ?? (kind == ResidualKind.Convolution ? 2 : 1);
        if (stride != 1 && kind == ResidualKind.Identity)
            source.Problems.Add($"strides[{index}] is {stride} although {names[index]} adds its input unchanged, which needs stride 1");
        return stride;
    }

    private double[]? Graph(string gcn)
    {
        int count = Math.Max(1, subsets);
        double[]? learned = source.Take(source.LearnedGraphKey(gcn), [count, _joints, _joints]);
        double[]? anchored = source.Has($"{gcn}.A") ? source.Take($"{gcn}.A", [count, _joints, _joints]) : options.Graph.SpatialPartition();
        return learned is null || anchored is null || learned.Length != anchored.Length
            ? null
            : [.. learned.Zip(anchored, (pa, a) => a + pa)];
    }

    private (Convolution? Convolution, BatchNorm? Norm) Shortcut(int outputs, int inputs, bool needed, params (string Prefix, string Convolution, string Norm)[] spellings)
    {
        int found = Array.FindIndex(spellings, s => source.Has($"{s.Prefix}.{s.Convolution}.weight"));
        // A norm without its convolution is a lost convolution, not an identity.
        if (found < 0)
            found = Array.FindIndex(spellings, s => source.Has($"{s.Prefix}.{s.Norm}.weight"));
        if (found < 0 && !needed)
            return (null, null);
        (string prefix, string convolution, string norm) = spellings[Math.Max(0, found)];
        return (source.TakeConvolution($"{prefix}.{convolution}", outputs, inputs, 1), source.TakeNorm($"{prefix}.{norm}", outputs));
    }

    private Convolution? Temporal(string tcn, int outputs)
    {
        int kernel = Extent(source.Peek($"{tcn}.conv.weight"), 2, 9);
        if (kernel % 2 == 0)
            source.Problems.Add($"{tcn}.conv.weight has {kernel} taps, an odd number is needed");
        return source.TakeConvolution($"{tcn}.conv", outputs, outputs, kernel);
    }
}
