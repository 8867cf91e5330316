using Hypgcn.Models;

namespace Hypgcn.Pruning;

/// <summary>
/// A plan as 0/1 tensors under the checkpoint's own names. The pruned checkpoint is the checkpoint times its masks, and stays so
/// in a training loop that multiplies again after every step.
/// </summary>
/// <remarks>
/// Masks cover the weights of spatial and temporal convolutions (and of shortcuts, where they are pruned). Weights that are zero in the
/// checkpoint stay so: a pruned network may be pruned further. A dropped filter's bias and running mean are masked as well: its norm then
/// gives exactly beta, in training as at inference, which is the mean the filter had, and which folding keeps. Scale and offset of the norm need no mask: the scale meets zero, the offset goes on training.
/// </remarks>
public static class CheckpointMasks
{
    /// <summary>The masks, in network order, float32.</summary>
    /// <param name="tensors">The checkpoint, by name, as <see cref="CheckpointReader"/> accepts it.</param>
    /// <param name="plan">One entry per block.</param>
    public static IReadOnlyList<Tensor> Create(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyList<BlockPlan> plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(plan);
        var names = BlockTensorNames.Of(tensors);
        var masks = new List<Tensor>();
        foreach (var (name, block) in names.Zip(plan))
        {
            masks.AddRange(name.Spatial.Select(key => Mask(key, tensors[key], (_, input, _) => block.Inputs[input])));
            if (block.PrunesShortcuts)
            {
                masks.AddRange(name.Shortcuts.Select(key => Mask(key, tensors[key], (_, input, _) => block.Inputs[input])));
            }
            masks.Add(Mask(name.Temporal, tensors[name.Temporal], (filter, _, tap) => block.Taps[filter].Contains(tap)));
            masks.AddRange(name.FilterOffsets.Select(key => Mask(key, tensors[key], (filter, _, _) => block.Taps[filter].Count > 0)));
        }
        return masks;
    }

    /// <summary>Every tensor of a checkpoint under its own name, times its mask where it has one.</summary>
    public static IReadOnlyList<Tensor> Apply(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyList<Tensor> masks)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var byName = masks.ToDictionary(mask => mask.Name, StringComparer.Ordinal);
        return [.. tensors.Select(entry => byName.TryGetValue(entry.Key, out var mask) ? Multiply(entry.Value, mask) : entry.Value.Renamed(entry.Key))];
    }

    private static Tensor Mask(string name, Tensor tensor, Func<int, int, int, bool> keeps)
    {
        var shape = tensor.Shape;
        var (inputs, taps) = (shape.Count > 1 ? shape[1] : 1, shape.Count > 2 ? shape[2] : 1);
        var values = new float[tensor.Count];
        // Weights that are zero are an earlier pruning's, and training must not bring them back; biases may start from zero.
        var weights = shape.Count > 1 ? tensor.ToSingles() : null;
        for (var n = 0; n < values.Length; n++)
        {
            values[n] = keeps(n / (inputs * taps), n / taps % inputs, n % taps) && weights?[n] != 0 ? 1 : 0;
        }
        return new Tensor(name, shape, values);
    }

    private static Tensor Multiply(Tensor tensor, Tensor mask)
    {
        var keep = mask.ToSingles();
        // Not a product: that would leave minus zeros.
        if (tensor.IsDouble)
        {
            return new Tensor(mask.Name, tensor.Shape, [.. tensor.ToDoubles().Select((value, n) => keep[n] == 0 ? 0 : value)]);
        }
        return new Tensor(mask.Name, tensor.Shape, [.. tensor.ToSingles().Select((value, n) => keep[n] == 0 ? 0 : value)]);
    }
}
