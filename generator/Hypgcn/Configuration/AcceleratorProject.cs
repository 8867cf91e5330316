using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Configuration;

/// <summary>A configuration together with the network that it names.</summary>
public sealed class AcceleratorProject
{
    private AcceleratorProject(AcceleratorConfiguration configuration, ModelGraph model, string folder)
    {
        Configuration = configuration;
        Model = model;
        Folder = folder;
    }

    /// <summary>Where the configuration's relative paths start.</summary>
    public string Folder { get; }

    /// <summary>Whether the joint graph is one of the program's own.</summary>
    public bool HasBuiltInGraph => IsBuiltIn(Configuration.Graph);

    public AcceleratorConfiguration Configuration { get; }

    public ModelGraph Model { get; }

    /// <summary>Width of each block's features and weights; null where none has its own.</summary>
    public IReadOnlyList<int>? BlockFeatureBits => Configuration.BlockFeatureBits is [var all]
        ? [.. Enumerable.Repeat(all, Model.Blocks.Count)]
        : Configuration.BlockFeatureBits;

    /// <summary>Persons of a clip: the configuration's, else those of data_bn.</summary>
    public int Persons => Configuration.Persons ?? Model.DataNormPersons;

    /// <summary>Reads a configuration and its checkpoint; relative paths start at the configuration's folder.</summary>
    /// <param name="path">The configuration.</param>
    /// <param name="ignoreFormats">True where they are about to be replaced.</param>
    /// <exception cref="HypgcnException">Either file is bad, or they do not fit each other.</exception>
    public static AcceleratorProject Load(string path, bool ignoreFormats = false)
    {
        var configuration = ConfigurationFile.Read(path);
        var project = Create(configuration, Path.GetDirectoryName(Path.GetFullPath(path))!);
        var problems = WidthRules.Check(configuration, project.Model.Blocks.Count, ignoreFormats);
        return problems.Count == 0
            ? project
            : throw new ConfigurationException([.. problems.Select(problem => $"{path}: {problem}")]);
    }

    /// <summary>Reads the checkpoint of a configuration.</summary>
    /// <param name="configuration">Has passed validation.</param>
    /// <param name="folder">Where its relative paths start.</param>
    /// <exception cref="HypgcnException">The checkpoint is bad.</exception>
    public static AcceleratorProject Create(AcceleratorConfiguration configuration, string folder) =>
        new(configuration, ReadModel(configuration, folder), Path.GetFullPath(folder));

    /// <summary>The same network in another configuration.</summary>
    /// <param name="configuration">Names the same checkpoint and graph.</param>
    public AcceleratorProject With(AcceleratorConfiguration configuration) => new(configuration, Model, Folder);

    /// <summary>The network that a configuration names.</summary>
    /// <param name="configuration">Its checkpoint, graph and strides are used.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static ModelGraph ReadModel(AcceleratorConfiguration configuration, string folder)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return CheckpointReader.Read(Path.Combine(folder, configuration.Checkpoint), Options(configuration, folder));
    }

    /// <summary>Where the checkpoint is.</summary>
    public string CheckpointPath => Path.Combine(Folder, Configuration.Checkpoint);

    /// <summary>The network that other tensors make under this configuration's graph and strides.</summary>
    /// <param name="where">Names their source in messages.</param>
    /// <param name="tensors">By name.</param>
    /// <exception cref="ModelFormatException">They are no such network.</exception>
    public ModelGraph Rebuild(string where, IReadOnlyList<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return CheckpointReader.Build(
            where, tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal), Options(Configuration, Folder));
    }

    private static CheckpointOptions Options(AcceleratorConfiguration configuration, string folder) => new()
    {
        Graph = ReadGraph(configuration, folder),
        Strides = configuration.Strides,
    };

    private static SkeletonGraph ReadGraph(AcceleratorConfiguration configuration, string folder) =>
        SkeletonGraphFile.Read(IsBuiltIn(configuration.Graph) ? configuration.Graph : Path.Combine(folder, configuration.Graph));

    private static bool IsBuiltIn(string graph) => SkeletonGraph.BuiltIn.Any(builtIn => builtIn.Name == graph);

    /// <summary>The integers of the design: the configuration's formats, T and M, channels in the design's order.</summary>
    public QuantizedModel Quantize() => Quantize(Configuration.Frames, Persons);

    /// <summary>The same integers, but for the classifier, for clips of another length or number of persons.</summary>
    public QuantizedModel Quantize(int frames, int persons) =>
        Quantize(Configuration.Formats.Resolve(Model, Configuration.FeatureBits), frames, persons);

    /// <summary>The integers that a design with these formats would have.</summary>
    public QuantizedModel Quantize(QuantizationFormats formats, int frames, int persons) =>
        ChannelOrder.Balance(Quantizer.Quantize(Model, formats, frames, persons));

    /// <summary>Reads clips of joints and makes of them what the network takes.</summary>
    /// <exception cref="HypgcnException">The file is bad or its clips do not fit the network.</exception>
    public ClipSet ReadClips(string path) => Prepare(path, ClipSource.Read(path));

    /// <summary>What the network takes: input skipping, and bones where they are its stream.</summary>
    /// <param name="path">Names the clips in messages.</param>
    /// <param name="clips">Of joints, as recorded; not changed.</param>
    /// <exception cref="HypgcnException">The clips do not fit the network.</exception>
    public ClipSet Prepare(string path, ClipSet clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        if (clips.Joints != Model.Joints || clips.Channels != Model.InputChannels)
        {
            throw new HypgcnException(
                $"{path}: clips of {clips.Channels} channels and {clips.Joints} joints; the network takes {Model.InputChannels} and {Model.Joints}. Use clips of this network's joints.");
        }
        // A set counts the frames left out, the configuration the step.
        var used = clips.WithSkip(Configuration.Skip - 1);
        return Configuration.Stream == AcceleratorConfiguration.Bone ? BoneClips.Of(used, ReadGraph(Configuration, Folder)) : used;
    }
}
