using System.Security.Cryptography;
using Hypgcn.Hardware;
using Hypgcn.Models.Formats;
using Hypgcn.Quantization;

namespace Hypgcn.Configuration;

/// <summary>A design with what it was made from.</summary>
/// <param name="Design">The design.</param>
/// <param name="Project">Configuration and network.</param>
public sealed record DesignProject(AcceleratorDesign Design, AcceleratorProject Project)
{
    /// <summary>The design that a configuration describes.</summary>
    /// <exception cref="HypgcnException">A file is bad, or a parameter is out of range.</exception>
    public static DesignProject FromConfiguration(string path) => FromProject(AcceleratorProject.Load(path));

    /// <summary>The design that a folder holds, from its manifest and its checkpoint.</summary>
    /// <exception cref="HypgcnException">The manifest is bad, or the checkpoint is missing or another one.</exception>
    public static DesignProject FromFolder(string folder)
    {
        var manifest = DesignManifest.Read(folder);
        var checkpoint = Path.GetFullPath(Path.Combine(folder, manifest.Configuration.Checkpoint));
        if (File.Exists(checkpoint) && Hash(checkpoint) != manifest.CheckpointSha256)
        {
            throw new ConfigurationException(
                [$"{folder}: the checkpoint {manifest.Configuration.Checkpoint} has changed since the design was made; they must agree. Run hypgcn generate again."]);
        }
        return FromProject(AcceleratorProject.Create(manifest.Configuration, folder));
    }

    /// <summary>The manifest for a design folder.</summary>
    public DesignManifest Manifest(string folder)
    {
        var configuration = Project.Configuration;
        var bits = configuration.FeatureBits;
        var checkpoint = Path.GetFullPath(Path.Combine(Project.Folder, configuration.Checkpoint));
        return new DesignManifest
        {
            Configuration = configuration with
            {
                Checkpoint = Relative(folder, checkpoint),
                Graph = Project.HasBuiltInGraph
                    ? configuration.Graph
                    : Relative(folder, Path.GetFullPath(Path.Combine(Project.Folder, configuration.Graph))),
                Persons = Project.Persons,
                Formats = new FormatChoice { Formats = configuration.Formats.Resolve(Project.Model, bits) },
                // Its consequences are written out in the hardware's parameters.
                Sparsity = null,
                Hardware = configuration.Hardware.With(Design.Parameters),
            },
            CheckpointSha256 = Hash(checkpoint),
        };
    }

    /// <summary>The configuration with other hardware, for a file in another folder.</summary>
    /// <param name="project">Has the configuration.</param>
    /// <param name="folder">Where the file's relative paths start.</param>
    /// <param name="parameters">The hardware, written out.</param>
    /// <param name="target">Its clock and device.</param>
    public static AcceleratorConfiguration Configure(AcceleratorProject project, string folder, HardwareParameters parameters, DesignTarget target)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(target);
        var configuration = project.Configuration;
        return configuration with
        {
            Checkpoint = Relative(folder, Path.GetFullPath(project.CheckpointPath)),
            Graph = project.HasBuiltInGraph
                ? configuration.Graph
                : Relative(folder, Path.GetFullPath(Path.Combine(project.Folder, configuration.Graph))),
            ClockMhz = target.ClockMhz,
            Part = target.Part,
            Hardware = configuration.Hardware.With(parameters),
        };
    }

    private static DesignProject FromProject(AcceleratorProject project)
    {
        var configuration = project.Configuration;
        QuantizedModel model = project.Quantize();
        var parameters = configuration.Hardware.Resolve(model, configuration.Counters, configuration.Sparsity);
        return new DesignProject(new AcceleratorDesign(ModuleName(configuration.Name), model, parameters), project);
    }

    // A letter, then letters, digits, '-' and '_' (checked when the configuration is read) becomes lower_snake.
    internal static string ModuleName(string name) => name.ToLowerInvariant().Replace('-', '_');

    private static string Relative(string folder, string path) => Path.GetRelativePath(Path.GetFullPath(folder), path).Replace('\\', '/');

    private static string Hash(string path)
    {
        using var file = InputFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
