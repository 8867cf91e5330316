using System.Text.RegularExpressions;
using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Builds the network from a 2s-AGCN checkpoint: the list of blocks, their channels and shortcuts are recovered from keys and shapes.</summary>
public static partial class CheckpointReader
{
    private const int MostSubsets = 32;
    private const string Advice = "Check that this is a complete 2s-AGCN checkpoint";

    /// <summary>Reads a .pt, .pth, .safetensors or .npz checkpoint.</summary>
    /// <exception cref="ModelFormatException">The file cannot be read, or tensors are missing, misshapen, unknown or not finite: all are named.</exception>
    public static ModelGraph Read(string path, CheckpointOptions options) => Build(path, TensorFile.Read(path), options);

    /// <summary>Builds the network from tensors already read; <paramref name="where"/> names their source in messages.</summary>
    /// <exception cref="ModelFormatException">As for <see cref="Read"/>.</exception>
    public static ModelGraph Build(string where, IReadOnlyDictionary<string, Tensor> tensors, CheckpointOptions options)
    {
        var source = new CheckpointTensors(tensors);
        IReadOnlyList<string> blocks = source.BlockNames();
        if (blocks.Count == 0)
            throw Problem.At(where, $"the checkpoint has no blocks l1, l2, ... among {tensors.Count} tensors; 2s-AGCN's key names are read. {Advice}.");

        source.ReportGaps(blocks);
        int subsets = source.Subsets(blocks);
        CheckGraph(where, source, options.Graph, blocks, subsets);
        CheckStrides(where, options.Strides, blocks);
        ModelGraph? model = new CheckpointAssembly(source, options, blocks, subsets).Assemble();
        source.ReportUnused();
        if (source.Problems.Count > 0 || model is null)
            throw new ModelFormatException($"{Problem.Shown(where)}: {string.Join("; ", source.Problems)}. {Advice}, and that graph and strides are its own.") { Problems = source.Problems };
        return model;
    }

    private static void CheckGraph(string where, CheckpointTensors source, SkeletonGraph graph, IReadOnlyList<string> blocks, int subsets)
    {
        int joints = source.Joints(blocks);
        if (joints != 0 && joints != graph.Joints)
        {
            throw Problem.At(where, $"the checkpoint has {joints} joints, the graph {graph.Name} has {graph.Joints}; both must agree. " +
                $"Pass the checkpoint's own graph ({string.Join(", ", SkeletonGraph.BuiltIn.Select(g => g.Name))} or a joints.json).");
        }

        if (subsets > MostSubsets)
            throw Problem.At(where, $"the checkpoint has {subsets} graphs per block; at most {MostSubsets} are supported. Check the shape of lN.gcn1.PA, [K, V, V].");
        if (subsets != 3 && subsets != 0 && !source.HasFixedGraphs(blocks))
        {
            throw Problem.At(where, $"the checkpoint has {subsets} graphs per block and no A; without A it is 2s-AGCN's spatial partition of 3. " +
                "Store A in the checkpoint as lN.gcn1.A.");
        }
    }

    private static void CheckStrides(string where, IReadOnlyList<int>? strides, IReadOnlyList<string> blocks)
    {
        if (strides is null)
            return;
        if (strides.Count != blocks.Count)
            throw Problem.At(where, $"{strides.Count} strides are given for {blocks.Count} blocks; each block has one. Give {blocks.Count} strides.");
        for (int i = 0; i < strides.Count; i++)
        {
            if (strides[i] is < 1 or > 16)
                throw Problem.At(where, $"strides[{i}] is {strides[i]}; a stride lies in 1..16. Use 1 or 2 as in 2s-AGCN.");
        }
    }

    [GeneratedRegex(@"^l([0-9]{1,3})([a-z]?)\.")]
    internal static partial Regex BlockPrefix();
}
