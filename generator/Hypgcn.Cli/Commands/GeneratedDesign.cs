using Hypgcn.Configuration;
using Hypgcn.Cycles;
using Hypgcn.Emission;
using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Cli.Commands;

/// <summary>A design written to a folder, with what is known of it without simulation.</summary>
/// <param name="Project">The design and its configuration.</param>
/// <param name="Folder">The design folder.</param>
/// <param name="Resources">Estimated resources.</param>
/// <param name="LongestIntervalCycles">Cycles between clips in which no feature is zero: no clip takes longer.</param>
/// <param name="LongestLatencyCycles">Cycles from the first input to the last logit of such a clip.</param>
internal sealed record GeneratedDesign(
    DesignProject Project, string Folder, Resources Resources, long LongestIntervalCycles, long LongestLatencyCycles)
{
    /// <summary>Writes the design of a configuration.</summary>
    /// <exception cref="HypgcnException">A file is bad, a parameter is out of range or the folder cannot be written.</exception>
    /// <param name="configuration">The accelerator.json.</param>
    /// <param name="folder">The design folder; null for rtl-out/NAME.</param>
    /// <param name="clips">Clips of joints for the test bench, or null.</param>
    /// <param name="cancellationToken">Stops the models.</param>
    public static GeneratedDesign Write(string configuration, string? folder, string? clips, CancellationToken cancellationToken)
    {
        var project = DesignProject.FromConfiguration(configuration);
        var design = project.Design;
        folder ??= Path.Combine("rtl-out", design.Name);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var emitter = new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates)
        {
            Target = new DesignTarget(project.Project.Configuration.ClockMhz, project.Project.Configuration.Part),
            Clips = clips is null ? [] : QuantizedClips.Of(project, clips),
        };
        emitter.Write(
            design,
            folder,
            project.Manifest(folder).ToJson(),
            $"hypgcn generate --config {Printable(Path.GetFileName(configuration))} --out {Printable(name)}");
        var dense = ClipActivity.Uniform(design.Model, 100);
        var longest = CycleModel.Predict(design, [dense, dense, dense], new PortPattern(), cancellationToken);
        return new GeneratedDesign(
            project,
            folder,
            DesignResources.Of(design).Total,
            longest.LastOutput[2] - longest.LastOutput[1],
            longest.LastOutput[0] - longest.FirstInput[0] + 1);
    }

    // The command is a comment of generated text, which is ASCII without trailing blanks.
    private static string Printable(string name) => string.Concat(name.Select(c => c is > ' ' and <= '~' ? c : '?'));
}
