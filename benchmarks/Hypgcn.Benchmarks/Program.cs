using System.Diagnostics;
using System.Globalization;
using Hypgcn.Benchmarks;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

// Time of the integer network on a set of clips: wall clock, and processor time, which other load on the machine
// disturbs less. Arguments: CHECKPOINT CLIPS CALIBRATION [LABELS] [BITS]. Compare with torch_float32.py beside this.
// The word accuracy in front selects the table of accuracies instead, the word resources the fit of the resource model.
if (args is ["accuracy", ..])
{
    return AccuracyTable.Run(args[1..]);
}
if (args is ["resources", ..])
{
    return await ResourceTable.RunAsync(args[1..]);
}
if (args.Length < 3)
{
    Console.Error.WriteLine("arguments: CHECKPOINT CLIPS CALIBRATION [LABELS] [BITS]");
    return 2;
}
var graph = CheckpointReader.Read(args[0], new CheckpointOptions());
var clips = ClipFile.Read(args[1]);
var calibration = ClipFile.Read(args[2]).Take(32);
var labels = args.Length > 3 ? LabelFile.Read(args[3]) : [];
var bits = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 16;
foreach (var preset in new[] { FormatPreset.Calibrated, FormatPreset.Q8Dot8 })
{
    var options = new QuantizerOptions { FeatureBits = bits, Preset = preset };
    var model = Quantizer.Quantize(
        graph, [.. Enumerable.Range(0, calibration.Count).Select(n => (ReadOnlyMemory<float>)calibration.Clip(n).ToArray())],
        clips.Frames, clips.Persons, options);
    var inputs = Enumerable.Range(0, clips.Count).Select(n => ClipQuantizer.Quantize(
        clips.Clip(n), clips.Channels, clips.Frames, clips.Joints, clips.Persons, model.Input.ClipFractionBits, bits)).ToArray();
    var network = new IntegerNetwork(model);
    network.Logits(inputs[..2]);
    var processor = Process.GetCurrentProcess().TotalProcessorTime;
    var watch = Stopwatch.StartNew();
    var logits = network.Logits(inputs);
    var wall = watch.Elapsed.TotalSeconds;
    var used = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
    var right = labels.Zip(logits).Count(pair => Array.IndexOf(pair.Second, pair.Second.Max()) == pair.First);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{preset} {bits} bit: {clips.Count} clips in {wall:F2} s, {used:F2} s of processor time, {right} right"));
}
return 0;
