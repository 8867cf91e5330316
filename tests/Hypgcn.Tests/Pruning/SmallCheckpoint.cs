using Hypgcn.Models;
using Hypgcn.Pruning;

namespace Hypgcn.Tests.Pruning;

/// <summary>A network as the tensors of a checkpoint.</summary>
internal sealed class SmallCheckpoint
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    public SmallCheckpoint(ModelGraph model)
    {
        Model = model;
        Add("data_bn", model.DataNorm);
        for (int b = 0; b < model.Blocks.Count; b++)
        {
            Add($"l{b + 1}", model.Blocks[b], model.Joints);
        }
        int channels = model.Blocks[^1].OutputChannels;
        Add("fc.weight", model.ClassifierWeight, model.Classes, channels);
        Add("fc.bias", model.ClassifierBias, model.Classes);
    }

    /// <summary>The ten blocks of 2s-AGCN, random, on few joints.</summary>
    public static SmallCheckpoint TenBlocks { get; } = new(new SmallNetwork
    {
        Blocks =
        [
            (64, 1, ResidualKind.None), (64, 1, ResidualKind.Identity), (64, 1, ResidualKind.Identity), (64, 1, ResidualKind.Identity),
            (128, 2, ResidualKind.Convolution), (128, 1, ResidualKind.Identity), (128, 1, ResidualKind.Identity),
            (256, 2, ResidualKind.Convolution), (256, 1, ResidualKind.Identity), (256, 1, ResidualKind.Identity),
        ],
    }.Build());

    public ModelGraph Model { get; }

    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The network after a plan's masks.</summary>
    public ModelGraph Prune(IReadOnlyList<BlockPlan> plan) =>
        Rebuild(CheckpointMasks.Apply(_tensors, CheckpointMasks.Create(_tensors, plan)));

    public ModelGraph Rebuild(IReadOnlyList<Tensor> tensors) => CheckpointReader.Build(
        "small", tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal),
        new CheckpointOptions
        {
            Graph = new SkeletonGraph("small", Model.Joints, [.. Enumerable.Range(1, Model.Joints - 1).Select(joint => (joint, joint - 1))]),
        });

    private void Add(string name, BlockModel block, int joints)
    {
        // The graph as it is: nothing fixed, everything learned.
        Add($"{name}.gcn1.A", new double[block.Graph.Length], block.Spatial.Count, joints, joints);
        Add($"{name}.gcn1.PA", block.Graph, block.Spatial.Count, joints, joints);
        for (int k = 0; k < block.Spatial.Count; k++)
        {
            Add($"{name}.gcn1.conv_d.{k}", block.Spatial[k]);
        }
        Add($"{name}.gcn1.bn", block.SpatialNorm);
        Add($"{name}.gcn1.down.0", block.Down);
        Add($"{name}.gcn1.down.1", block.DownNorm);
        Add($"{name}.tcn1.conv", block.Temporal);
        Add($"{name}.tcn1.bn", block.TemporalNorm);
        Add($"{name}.residual.conv", block.ResidualConvolution);
        Add($"{name}.residual.bn", block.ResidualNorm);
    }

    private void Add(string name, Convolution? convolution)
    {
        if (convolution is not null)
        {
            Add($"{name}.weight", convolution.Weight, convolution.OutputChannels, convolution.InputChannels, convolution.Kernel, 1);
            Add($"{name}.bias", convolution.Bias, convolution.OutputChannels);
        }
    }

    private void Add(string name, BatchNorm? norm)
    {
        if (norm is not null)
        {
            Add($"{name}.weight", norm.Gamma, norm.Gamma.Length);
            Add($"{name}.bias", norm.Beta, norm.Gamma.Length);
            Add($"{name}.running_mean", norm.Mean, norm.Gamma.Length);
            Add($"{name}.running_var", norm.Variance, norm.Gamma.Length);
        }
    }

    private void Add(string name, double[] values, params int[] shape) => _tensors.Add(name, new Tensor(name, shape, values));
}
