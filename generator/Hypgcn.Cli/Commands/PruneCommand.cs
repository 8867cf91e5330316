using System.CommandLine;
using System.Text.Json.Nodes;
using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Pruning;
using Hypgcn.Reference;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn prune</c>: removes channels, filters and taps, and writes checkpoint, masks and report.</summary>
internal sealed class PruneCommand : CliCommand
{
    private readonly Option<string> _config = new("--config") { Description = "The accelerator.json; its key pruning is the schedule.", Required = true };

    private readonly Option<string> _out = new("--out") { Description = "Writes the pruned checkpoint here, .safetensors.", Required = true };

    private readonly Option<string> _masks = new("--masks") { Description = "Writes the masks for fine-tuning here, .npz.", Required = true };

    private readonly Option<string?> _calibrate = new("--calibrate")
    {
        Description = "Clips on which features are measured, as for hypgcn quantize. Without them weights alone decide.",
    };

    private readonly Option<string?> _input = new("--input") { Description = "Clips on which accuracy is measured before and after." };

    private readonly Option<string?> _labels = new("--labels") { Description = "Their classes, .npy or 2s-AGCN's .pkl." };

    protected override string Name => "prune";

    protected override string Description => "Removes input channels, filters and taps by the schedule of the configuration.";

    protected override void Define(Command command)
    {
        command.Add(_config);
        command.Add(_out);
        command.Add(_masks);
        command.Add(_calibrate);
        command.Add(_input);
        command.Add(_labels);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var config = parsed.GetRequiredValue(_config);
        var (output, masksPath) = (parsed.GetRequiredValue(_out), parsed.GetRequiredValue(_masks));
        var project = AcceleratorProject.Load(config, ignoreFormats: true);
        var pruning = project.Configuration.Pruning
            ?? throw new HypgcnException($"{config}: it has no key pruning; that is the schedule. Add \"pruning\": {{ \"preset\": \"6.0x\" }} or another one.");
        CheckPaths(output, masksPath, project);
        var calibration = parsed.GetValue(_calibrate) is { } path ? project.ReadClips(path) : null;
        var test = ReadTest(parsed, project);
        var kind = pruning.ResolveImportance(calibration is not null);
        var schedule = pruning.Resolve(project.Model, project.Configuration.Frames);

        var activity = kind == ImportanceKind.Contribution
            ? await MeasureAsync(project.Model, calibration!, context, cancellationToken)
            : null;
        var tensors = TensorFile.Read(project.CheckpointPath);
        var masks = CheckpointMasks.Create(tensors, Pruner.Plan(project.Model, schedule, activity));
        var pruned = CheckpointMasks.Apply(tensors, masks);
        var model = project.Rebuild(output, pruned);
        var report = new PruningReport
        {
            Structure = ModelStructure.Of(model, project.Configuration.Frames, project.Persons),
            Importance = kind,
            Top1Before = await Top1Async("before pruning", project.Model, test, context, cancellationToken),
            Top1After = await Top1Async("after pruning", model, test, context, cancellationToken),
        };
        SafetensorsFile.Write(output, pruned);
        NpzFile.Write(masksPath, masks);
        Print(context, report, output, masksPath);
        return ExitCode.Success;
    }

    private static void CheckPaths(string output, string masks, AcceleratorProject project)
    {
        CheckExtension("--out", output, ".safetensors");
        CheckExtension("--masks", masks, ".npz");
        if (new[] { output, masks }.Any(path => Path.GetFullPath(path) == Path.GetFullPath(project.CheckpointPath)))
        {
            throw new HypgcnException($"{project.CheckpointPath}: it is the checkpoint itself; fine-tuning needs it as it is. Write to another file.");
        }
    }

    private static void CheckExtension(string option, string path, string extension)
    {
        if (!path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new HypgcnException($"{option}: {path}; the file is written as {extension} and must be named so. Change the name.");
        }
    }

    private (ClipSet Clips, int[] Labels)? ReadTest(ParseResult parsed, AcceleratorProject project)
    {
        var (input, labels) = (parsed.GetValue(_input), parsed.GetValue(_labels));
        if (input is null != labels is null)
        {
            throw new HypgcnException($"command line: {(input is null ? "--labels is given without --input" : "--input is given without --labels")}; accuracy needs both. Give both or neither.");
        }
        if (input is null)
        {
            return null;
        }
        var clips = project.ReadClips(input);
        return (clips, Classification.Labels(labels!, clips, input));
    }

    private static Task<ChannelActivity> MeasureAsync(
        ModelGraph model, ClipSet clips, CommandContext context, CancellationToken cancellationToken) =>
        context.Progress.RunAsync($"measuring {clips.Count} clips", progress => Task.Run(
            () => ChannelActivity.Measure(
                model, clips, done => progress.Report(new StepProgress((double)done / clips.Count, $"{done} of {clips.Count} clips")), cancellationToken),
            cancellationToken));

    private static async Task<double?> Top1Async(
        string when, ModelGraph model, (ClipSet Clips, int[] Labels)? test, CommandContext context, CancellationToken cancellationToken)
    {
        if (test is not var (clips, labels))
        {
            return null;
        }
        var logits = await context.Progress.RunAsync($"classifying {clips.Count} clips {when}", progress => Task.Run(
            () => Classification.Float(model, clips, progress, cancellationToken), cancellationToken));
        return Accuracy.Top1(logits, labels);
    }

    private static void Print(CommandContext context, PruningReport report, string output, string masks)
    {
        JsonObject json = PruningReportFormatter.ToJson(report);
        (json["checkpoint"], json["masks"]) = (output, masks);
        context.Print(json, writer =>
        {
            writer.Write(PruningReportFormatter.ToText(report));
            writer.WriteLine($"Written to {output}, masks to {masks}.");
        });
    }
}
