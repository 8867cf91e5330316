using System.Globalization;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Benchmarks;

/// <summary>Top-1 of networks in floating point and in fixed point, as a Markdown table.</summary>
internal static class AccuracyTable
{
    private const string Usage = "arguments: accuracy --dense CHECKPOINT --pruned CHECKPOINT --calibrate CLIPS --input CLIPS --labels LABELS [--fine-tuned CHECKPOINT]";
    private static readonly string[] Networks = ["dense", "pruned", "fine-tuned"];
    private static readonly string[] Needed = ["--dense", "--pruned", "--calibrate", "--input", "--labels"];

    /// <summary>Prints the table; gives the exit code.</summary>
    public static int Run(string[] args)
    {
        var given = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (args.Length != 2 * given.Count || !Needed.All(given.ContainsKey) || given.Keys.Except(Needed).Any(key => key != "--fine-tuned"))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        var (calibration, clips) = (ClipSource.Read(given["--calibrate"]), ClipSource.Read(given["--input"]));
        var labels = LabelFile.Read(given["--labels"]);
        Console.WriteLine($"Formats from {calibration.Count} calibration clips, top-1 on {clips.Count} others of {clips.Frames} frames.");
        Console.WriteLine();
        Console.WriteLine("| weights | arithmetic | top-1 | against float | same class as float | signal-to-noise of the logits |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (var name in Networks.Where(name => given.ContainsKey($"--{name}")))
        {
            Rows(name, CheckpointReader.Read(given[$"--{name}"], new CheckpointOptions()), calibration, clips, labels);
        }
        return 0;
    }

    private static void Rows(string name, ModelGraph graph, ClipSet calibration, ClipSet clips, int[] labels)
    {
        var trained = new FloatNetwork(graph);
        var reference = new double[clips.Count][];
        Parallel.For(0, clips.Count, AllCores.With(), n => reference[n] = trained.Logits(clips.Clip(n), clips.Frames, clips.Persons));
        var top1 = Accuracy.Top1(reference, labels);
        Print($"| {name} | float | {100 * top1:F2} % | | | |");
        var eight = new QuantizerOptions { BlockFeatureBits = [.. Enumerable.Repeat(8, graph.Blocks.Count)] };
        QuantizerOptions[] options = [new(), new() { Preset = FormatPreset.Q8Dot8 }, eight];
        string[] labelled = ["16 bit, calibrated", "16 bit, `q8.8`", "8-bit blocks, calibrated"];
        foreach (var (what, formats) in labelled.Zip(FormatCalibrator.Choose(graph, calibration, options)))
        {
            var model = Quantizer.Quantize(graph, formats, clips.Frames, clips.Persons);
            var integers = new IntegerNetwork(model).Logits(
                [.. Enumerable.Range(0, clips.Count).Select(n => ClipQuantizer.Quantize(model, clips.Clip(n)))]);
            var logits = integers.Select(clip => Array.ConvertAll(clip, l => Math.ScaleB(l, -model.Classifier.FractionBits))).ToArray();
            var same = logits.Zip(reference).Count(pair => Accuracy.Best<double>(pair.First) == Accuracy.Best<double>(pair.Second));
            var found = Accuracy.Top1(logits, labels);
            Print($"| {name} | {what} | {100 * found:F2} % | {100 * (found - top1):+0.00;-0.00;0.00} | {same} of {clips.Count} | {SignalToNoise(reference, logits):F1} dB |");
        }
    }

    private static double SignalToNoise(double[][] reference, double[][] logits)
    {
        var signal = reference.Sum(clip => clip.Sum(value => value * value));
        return 10 * Math.Log10(signal / reference.Zip(logits).Sum(pair => pair.First.Zip(pair.Second).Sum(v => Math.Pow(v.First - v.Second, 2))));
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
