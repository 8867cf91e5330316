using Hypgcn.Models;

namespace Hypgcn.Pruning;

/// <summary>The names that a checkpoint gives to the tensors of one block that pruning touches.</summary>
internal sealed record BlockTensorNames
{
    private const string DataParallel = "module.";

    /// <summary>Weights of the spatial convolutions, one per graph.</summary>
    public required IReadOnlyList<string> Spatial { get; init; }

    /// <summary>Weights of the temporal convolution.</summary>
    public required string Temporal { get; init; }

    /// <summary>Tensors [filter] that move a dropped filter's output: its bias, where it has one, and its norm's running mean.</summary>
    public required IReadOnlyList<string> FilterOffsets { get; init; }

    /// <summary>Weights of the shortcuts' convolutions.</summary>
    public required IReadOnlyList<string> Shortcuts { get; init; }

    /// <summary>One entry per block, in order.</summary>
    public static IReadOnlyList<BlockTensorNames> Of(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var source = new CheckpointTensors(tensors);
        var own = tensors.Keys.ToDictionary(
            key => key.StartsWith(DataParallel, StringComparison.Ordinal) ? key[DataParallel.Length..] : key, key => key, StringComparer.Ordinal);
        var blocks = source.BlockNames();
        return [.. blocks.Select(block => Of(source, own, block, source.Subsets(blocks)))];
    }

    private static BlockTensorNames Of(CheckpointTensors source, Dictionary<string, string> own, string block, int subsets)
    {
        var gcn = source.GraphUnit(block);
        var tcn = source.Prefix($"{block}.tcn1", $"{block}.tcn");
        string[] shortcuts =
        [
            $"{source.Prefix($"{gcn}.down.0", $"{gcn}.conv_res.0")}.weight",
            $"{source.Prefix($"{block}.residual.conv", $"{block}.residual.0")}.weight",
        ];
        return new BlockTensorNames
        {
            Spatial = [.. Enumerable.Range(0, subsets).Select(k => own[$"{gcn}.conv_d.{k}.weight"])],
            Temporal = own[$"{tcn}.conv.weight"],
            FilterOffsets = [.. new[] { $"{tcn}.conv.bias", $"{tcn}.bn.running_mean" }.Where(own.ContainsKey).Select(key => own[key])],
            Shortcuts = [.. shortcuts.Where(own.ContainsKey).Select(key => own[key])],
        };
    }
}
