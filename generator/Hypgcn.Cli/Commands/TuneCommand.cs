using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hypgcn.Configuration;
using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn tune</c>: chooses the lanes of every unit.</summary>
internal sealed class TuneCommand : CliCommand
{
    private readonly Option<string> _config = new("--config") { Description = "The accelerator.json.", Required = true };
    private readonly Option<string> _input = new("--input") { Description = "Clips of joints, .npy [N,C,T,V,M].", Required = true };
    private readonly Option<double?> _dsp = new("--dsp") { Description = "DSP blocks that the design may take." };
    private readonly Option<double?> _bram = new("--bram") { Description = "Block RAMs of 36 Kb that it may take." };
    private readonly Option<double?> _lut = new("--lut") { Description = "LUTs that it may take." };

    protected override string Name => "tune";

    protected override string Description => "Chooses the lanes of every unit for a device.";

    protected override void Define(Command command)
    {
        command.Add(_config);
        command.Add(_input);
        command.Add(_dsp);
        command.Add(_bram);
        command.Add(_lut);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var project = AcceleratorProject.Load(parsed.GetRequiredValue(_config));
        var model = project.Quantize();
        var least = project.Configuration.Hardware.Least(model, project.Configuration.Counters, project.Configuration.Sparsity);
        var design = new AcceleratorDesign("d", model, least);
        var clips = project.ReadClips(parsed.GetRequiredValue(_input));
        var traces = new ClipSequence(new IntegerNetwork(model), design.RfcRules).Run(
            [.. Enumerable.Range(0, Math.Min(3, clips.Count)).Select(clip => ClipQuantizer.Quantize(model, clips.Clip(clip)))], cancellationToken);
        ClipActivity[] activity = [.. traces.Select(trace => ClipActivity.Of(model, trace))];
        var watch = Stopwatch.StartNew();
        void Say(string what) => context.Error.WriteLine($"{watch.Elapsed.TotalSeconds:F2}s cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F1}: {what}");
        Say("start");
        var limits = new TuneLimits(parsed.GetValue(_dsp), parsed.GetValue(_bram), parsed.GetValue(_lut));
        var tuner = Tuner.Measure(design, activity, new TuneLimits(5520, 2160, 663360), cancellationToken);
        Say("measured");
        for (var t = tuner.Space.SlowestCycles; t > tuner.Space.FastestCycles; t /= 4)
        {
            Say($"{t}: {string.Join(' ', tuner.Space.At(t).Select(front => front.Length))}");
        }
        var point = tuner.Fastest(limits);
        Say($"searched {point.IntervalCycles} proven {point.ProvenCycles} prices {string.Join(' ', point.Prices)}");
        var tuned = tuner.Evaluate(point, cancellationToken);
        Say($"interval {tuned.IntervalCycles} last {tuned.LastIntervalCycles} {tuned.Cost}");
        return ExitCode.Success;
    }
}
