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

    private readonly Option<string?> _second = new("--second")
    {
        Description = "The accelerator.json of a second stream, such as bones, for the same clips of joints; the logits are added.",
    };

    private readonly Option<string> _input = new("--input") { Description = "Clips of joints, .npy [N, 3, T, V, M]; any T and M.", Required = true };

    private readonly Option<string?> _labels = new("--labels") { Description = "Their classes, .npy or 2s-AGCN's .pkl." };

    private readonly Option<string> _arithmetic = new("--arithmetic")
    {
        Description = "fixed: bit for bit what the accelerator computes; float: the trained network in double precision.",
        DefaultValueFactory = _ => "fixed",
    };

    private readonly Option<string?> _logits = new("--logits") { Description = "Writes the logits here, .npy [N, classes] float64; with --second their sum." };

    protected override string Name => "infer";

    protected override string Description => "Classifies clips with the golden model, and says how many are right.";

    protected override void Define(Command command)
    {
        _arithmetic.AcceptOnlyFromAmong("fixed", "float");
        command.Add(_config);
        command.Add(_second);
        command.Add(_input);
        command.Add(_labels);
        command.Add(_arithmetic);
        command.Add(_logits);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var input = parsed.GetRequiredValue(_input);
        var isFloat = parsed.GetValue(_arithmetic) == "float";
        var projects = Projects(parsed);
        var recorded = ClipSource.Read(input);
        var labels = parsed.GetValue(_labels) is { } labelled ? Classification.Labels(labelled, recorded, input) : null;
        var watch = Stopwatch.StartNew();
        List<StreamResult> streams = [];
        foreach (var (config, project) in projects)
        {
            var clips = project.Prepare(input, recorded);
            streams.Add(await context.Progress.RunAsync($"classifying {clips.Count} clips", progress => Task.Run(
                () => isFloat
                    ? new StreamResult(config, Classification.Float(project.Model, clips, progress, cancellationToken), labels)
                    : Classification.Fixed(config, project, clips, labels, progress, cancellationToken),
                cancellationToken)));
        }
        var seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
        var (first, second) = (streams[0], streams.ElementAtOrDefault(1));
        var sum = second is null ? null : new StreamResult("sum", StreamScore.Sum(first.Logits, second.Logits), labels);
        if (parsed.GetValue(_logits) is { } path)
        {
            WriteLogits(path, (sum ?? first).Logits);
        }
        context.Print(
            new
            {
                Clips = recorded.Count,
                first.Top1,
                Seconds = seconds,
                Arithmetic = isFloat ? "float" : "fixed",
                first.DroppedWords,
                first.Classes,
                Second = second is null ? null : new { Config = second.Name, second.Top1, second.DroppedWords, second.Classes },
                Top1Sum = sum?.Top1,
                ClassesSum = sum?.Classes,
            },
            writer => WriteText(writer, streams, sum, labels, seconds));
        return ExitCode.Success;
    }

    private (string Config, AcceleratorProject Project)[] Projects(ParseResult parsed)
    {
        var config = parsed.GetRequiredValue(_config);
        var first = AcceleratorProject.Load(config);
        if (parsed.GetValue(_second) is not { } other)
        {
            return [(config, first)];
        }
        var second = AcceleratorProject.Load(other);
        StreamRules.Check(config, first, other, second);
        return [(config, first), (other, second)];
    }

    private static void WriteLogits(string path, double[][] logits) => NpyFile.Write(
        path, new Tensor("", [logits.Length, logits.Length == 0 ? 0 : logits[0].Length], [.. logits.SelectMany(clip => clip)]));

    private static void WriteText(TextWriter writer, List<StreamResult> streams, StreamResult? sum, int[]? labels, double seconds)
    {
        const int Listed = 20;
        var classes = (sum ?? streams[0]).Classes;
        for (var n = 0; n < Math.Min(Listed, classes.Count); n++)
        {
            var verdict = labels is null ? "" : labels[n] == classes[n] ? "  right" : $"  wrong, label {labels[n]}";
            writer.WriteLine($"clip {n}: class {classes[n]}{verdict}");
        }
        if (classes.Count > Listed)
        {
            writer.WriteLine($"... and {classes.Count - Listed} more");
        }
        foreach (var stream in sum is null || labels is null ? [] : streams)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stream.Name}: top-1 {100 * stream.Top1:F2} %"));
        }
        var accuracy = labels is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $", top-1 {(sum is null ? "" : "of the sum ")}{100 * (sum ?? streams[0]).Top1:F2} %");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{classes.Count} clips in {seconds:F2} s{accuracy}"));
        foreach (var stream in streams.Where(stream => stream.DroppedWords > 0))
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"WARNING: {(sum is null ? "" : $"{stream.Name}: ")}{stream.DroppedWords:N0} words dropped; RFC FIFOs are too shallow for these clips (hardware.rfc)."));
        }
    }
}
