using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn infer</c>: classifies clips in the accelerator's integers, or in floating point.</summary>
internal sealed class InferCommand : CliCommand
{
    private readonly Option<string> _config = new("--config") { Description = "The accelerator.json.", Required = true };

    private readonly Option<string> _input = new("--input") { Description = "Clips, .npy [N, 3, T, V, M]; any T and M.", Required = true };

    private readonly Option<string?> _labels = new("--labels") { Description = "Their classes, .npy or 2s-AGCN's .pkl." };

    private readonly Option<string> _arithmetic = new("--arithmetic")
    {
        Description = "fixed: bit for bit what the accelerator computes; float: the trained network in double precision.",
        DefaultValueFactory = _ => "fixed",
    };

    private readonly Option<string?> _logits = new("--logits") { Description = "Writes the logits here, .npy [N, classes] float64." };

    protected override string Name => "infer";

    protected override string Description => "Classifies clips with the golden model, and says how many are right.";

    protected override void Define(Command command)
    {
        _arithmetic.AcceptOnlyFromAmong("fixed", "float");
        command.Add(_config);
        command.Add(_input);
        command.Add(_labels);
        command.Add(_arithmetic);
        command.Add(_logits);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var input = parsed.GetRequiredValue(_input);
        var project = AcceleratorProject.Load(parsed.GetRequiredValue(_config));
        var clips = project.ReadClips(input);
        var labels = parsed.GetValue(_labels) is { } labelled ? Classification.Labels(labelled, clips, input) : null;
        var isFloat = parsed.GetValue(_arithmetic) == "float";
        var watch = Stopwatch.StartNew();
        var (logits, dropped) = await context.Progress.RunAsync(
            $"classifying {clips.Count} clips", progress => Task.Run(
                () => isFloat
                    ? (Classification.Float(project.Model, clips, progress, cancellationToken), null)
                    : Fixed(project, clips, progress, cancellationToken),
                cancellationToken));
        var seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
        if (parsed.GetValue(_logits) is { } path)
        {
            NpyFile.Write(path, new Tensor("", [logits.Length, logits.Length == 0 ? 0 : logits[0].Length], [.. logits.SelectMany(clip => clip)]));
        }
        double? top1 = labels is null ? null : Accuracy.Top1(logits, labels);
        var classes = logits.Select(clip => Accuracy.Best<double>(clip)).ToArray();
        context.Print(
            new { Clips = clips.Count, Top1 = top1, Seconds = seconds, Arithmetic = isFloat ? "float" : "fixed", DroppedWords = dropped, Classes = classes },
            writer => WriteText(writer, classes, labels, top1, seconds, dropped));
        return ExitCode.Success;
    }

    // The clips follow each other as they would in the accelerator: what its FIFOs drop can depend on the clip before.
    private static (double[][] Logits, long? Dropped) Fixed(
        AcceleratorProject project, ClipSet clips, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        const int Chunk = 64;
        var model = project.Quantize(clips.Frames, clips.Persons);
        var fifos = project.Configuration.Hardware.Fifos(model, project.Configuration.Sparsity);
        var sequence = new ClipSequence(new IntegerNetwork(model), [.. fifos.Select(block => block.Rules)]);
        var done = Classification.Counter(clips.Count, progress);
        List<ClipScore> scores = [];
        foreach (var chunk in Enumerable.Range(0, clips.Count).Chunk(Chunk))
        {
            short[][] inputs = [.. chunk.Select(n => ClipQuantizer.Quantize(model, clips.Clip(n)))];
            scores.AddRange(sequence.Score(inputs, done, cancellationToken));
        }
        return (
            [.. scores.Select(score => Array.ConvertAll(score.Logits, logit => Math.ScaleB(logit, -model.Classifier.FractionBits)))],
            scores.Sum(score => score.DroppedWords));
    }

    private static void WriteText(TextWriter writer, int[] classes, int[]? labels, double? top1, double seconds, long? dropped)
    {
        const int Listed = 20;
        for (var n = 0; n < Math.Min(Listed, classes.Length); n++)
        {
            var verdict = labels is null ? "" : labels[n] == classes[n] ? "  right" : $"  wrong, label {labels[n]}";
            writer.WriteLine($"clip {n}: class {classes[n]}{verdict}");
        }
        if (classes.Length > Listed)
        {
            writer.WriteLine($"... and {classes.Length - Listed} more");
        }
        var accuracy = top1 is null ? "" : string.Create(CultureInfo.InvariantCulture, $", top-1 {100 * top1:F2} %");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{classes.Length} clips in {seconds:F2} s{accuracy}"));
        if (dropped > 0)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"WARNING: {dropped:N0} words dropped; RFC FIFOs are too shallow for these clips (hardware.rfc)."));
        }
    }
}
