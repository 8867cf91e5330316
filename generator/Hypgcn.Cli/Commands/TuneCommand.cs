using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hypgcn.Configuration;
using Hypgcn.Estimation;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Models;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn tune</c>: chooses the hardware of a configuration for a device, limits or a target.</summary>
internal sealed class TuneCommand : CliCommand
{
    private const double Largest = 1e9;

    private readonly Option<string> _config = new("--config") { Description = "The accelerator.json, with formats and sparsity as hypgcn quantize writes them.", Required = true };

    private readonly Option<string[]> _alternatives = new("--alternative")
    {
        Description = "Another quantization of the same network, such as one with 8-bit blocks; the better one is taken. May be repeated.",
    };

    private readonly Option<string?> _narrow = new("--narrow")
    {
        Description = "Calibration clips, as for hypgcn quantize: with --fps, blocks get 8 bits where the target needs it, and no others.",
    };

    private readonly Option<string> _input = new("--input") { Description = "Clips of joints, .npy [N,C,T,V,M], that the design is chosen for.", Required = true };

    private readonly Option<int> _clips = new("--clips") { Description = "How many of them, from the first; the interval is their mean.", DefaultValueFactory = _ => 2 };

    private readonly Option<string?> _device = new("--device") { Description = "Name of an installed device, or a device file; its totals are the limits that no option gives." };

    private readonly Option<double?> _dsp = new("--dsp") { Description = "DSP blocks that the design may take." };

    private readonly Option<double?> _bram = new("--bram") { Description = "Block RAMs of 36 Kb that it may take." };

    private readonly Option<double?> _lut = new("--lut") { Description = "LUTs that it may take." };

    private readonly Option<double> _fill = new("--fill") { Description = "Percentage of the device's LUTs that it may take.", DefaultValueFactory = _ => 80 };

    private readonly Option<double?> _fps = new("--fps") { Description = "Clips per second that it must reach, as cheaply as can be. Default: as many as the limits allow." };

    private readonly Option<int?> _clock = new("--clock") { Description = "Clock in MHz. Default: clock_mhz of the configuration." };

    private readonly Option<int?> _candidates = new("--candidates") { Description = "Designs that the exact cycle model runs, 1 to 4. Default: as many as take some seconds." };

    private readonly Option<int> _refine = new("--refine") { Description = "Further designs that the exact cycle model may run to shorten the interval, 0 to 1000; without --fps.", DefaultValueFactory = _ => 0 };

    private readonly Option<string> _out = new("--out") { Description = "The configuration that is written.", Required = true };

    private readonly Option<string?> _front = new("--front") { Description = "Write the Pareto front, .csv." };

    protected override string Name => "tune";

    protected override string Description => "Chooses the lanes of every unit, where memories go and the depths of FIFOs for a device, limits or a target.";

    protected override void Define(Command command)
    {
        Option[] options = [_config, _alternatives, _narrow, _input, _clips, _device, _dsp, _bram, _lut, _fill, _fps, _clock, _candidates, _refine, _out, _front];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var result = await context.Progress.RunAsync("tuning", _ => Task.Run(() => Tune(parsed, cancellationToken), cancellationToken));
        var path = parsed.GetRequiredValue(_out);
        var target = new DesignTarget(result.Request.ClockMhz, result.Device?.Part ?? result.Network.Project.Configuration.Part);
        ConfigurationFile.Write(path, DesignProject.Configure(
            result.Network.Project, Path.GetDirectoryName(Path.GetFullPath(path))!, result.Network.Tuned.Design.Parameters, target));
        if (parsed.GetValue(_front) is { } front)
        {
            WriteFront(front, result.Network);
        }
        new TuneReport(result, path, Math.Round(watch.Elapsed.TotalSeconds, 2)).Print(context);
        return ExitCode.Success;
    }

    private TuneResult Tune(ParseResult parsed, CancellationToken cancellationToken)
    {
        // Reading the network takes one core.
        _ = Task.Run(() => ResourceModel.Installed, cancellationToken);
        string[] configs = [parsed.GetRequiredValue(_config), .. parsed.GetValue(_alternatives) ?? []];
        var device = parsed.GetValue(_device) is { } name ? DeviceFile.Find(name) : null;
        AcceleratorProject[] projects = [.. configs.Select(config => AcceleratorProject.Load(config))];
        foreach (var other in Enumerable.Range(1, projects.Length - 1))
        {
            CheckSameNetwork(configs[0], projects[0], configs[other], projects[other]);
        }
        var request = Request(parsed, device, projects[0].Configuration.ClockMhz);
        var path = parsed.GetRequiredValue(_input);
        var recorded = ClipSource.Read(path);
        var clips = recorded.Slice(0, (int)InRange("--clips", parsed.GetResult(_clips) is { Implicit: false } ? parsed.GetValue(_clips) : Math.Min(recorded.Count, parsed.GetValue(_clips)), 1, recorded.Count));
        if (parsed.GetValue(_narrow) is not null && (request.TargetCycles is null || configs.Length > 1))
        {
            throw new HypgcnException(
                "--narrow: it takes a target and one configuration; without a target every block would have 8 bits, and an alternative has widths of its own. Give --fps and no --alternative.");
        }
        var price = device ?? DeviceFile.OfPart(projects[0].Configuration.Part) ?? DeviceFile.Find("xcku115");
        (TuneResult? best, InfeasibleException? problem) = (null, null);
        for (var n = 0; n < projects.Length; n++)
        {
            try
            {
                TunedNetwork Tuned(AcceleratorProject project) => TunedNetwork.Tune(project, path, clips, request, price, cancellationToken);
                var tuned = parsed.GetValue(_narrow) is { } calibration
                    ? new WidthSearch(projects[n], projects[n].ReadClips(calibration)).Fewest(Tuned, cancellationToken)
                    : Tuned(projects[n]);
                best = best is null || IsBetter(tuned.Tuned, best.Network.Tuned, request, price) ? new TuneResult(configs[n], tuned, request, device) : best;
            }
            catch (InfeasibleException found)
            {
                problem ??= found;
            }
        }
        if (best is null)
        {
            throw problem!;
        }
        if (device is not null)
        {
            CheckFits(device, "flip-flops", best.Network.Tuned.Cost.Ff, device.Ff, "DSP blocks and LUTs. Lower --dsp or --lut");
            CheckFits(device, "LUTs that are memory", best.Network.Tuned.Cost.LutRam, device.LutRam > 0 ? device.LutRam : double.PositiveInfinity, "LUTs. Lower --lut");
        }
        return best;
    }

    private static void CheckFits(Device device, string what, double taken, double most, string follow)
    {
        if (taken > most)
        {
            throw new InfeasibleException(string.Create(
                CultureInfo.InvariantCulture,
                $"{device.Name}: the design takes {taken:0} {what}, and the device has {most:0}; they are not searched for, but follow {follow} by {Math.Ceiling(100 * (1 - (most / taken))):0} %."));
        }
    }

    private TuneRequest Request(ParseResult parsed, Device? device, int clock)
    {
        var fill = InRange("--fill", parsed.GetValue(_fill), 1, 100);
        double? Limit(Option<double?> option) => parsed.GetValue(option) is { } value ? InRange(option.Name, value, 1, Largest) : null;
        return new TuneRequest(
            new TuneLimits(Limit(_dsp) ?? device?.Dsp, Limit(_bram) ?? device?.Bram36, Limit(_lut) ?? Math.Floor(device?.Lut * fill / 100 ?? double.NaN) switch
            {
                double.NaN => null,
                var luts => luts,
            }),
            parsed.GetValue(_clock) is { } given ? (int)InRange("--clock", given, 1, 1000) : clock,
            parsed.GetValue(_fps) is { } wanted ? InRange("--fps", wanted, 1e-6, Largest) : null,
            parsed.GetValue(_candidates) is { } count ? (int)InRange("--candidates", count, 1, TuneRequest.MostCandidates) : null,
            (int)InRange("--refine", parsed.GetValue(_refine), 0, TuneRequest.MostRefinements));
    }

    private static bool IsBetter(TunedDesign tuned, TunedDesign than, TuneRequest request, Device price)
    {
        double Price(Resources cost) => (cost.Dsp / price.Dsp) + (cost.Bram36 / price.Bram36) + (cost.Lut / price.Lut);
        return request.TargetCycles is null ? tuned.IntervalCycles < than.IntervalCycles : Price(tuned.Cost) < Price(than.Cost);
    }

    private static void CheckSameNetwork(string path, AcceleratorProject first, string otherPath, AcceleratorProject other)
    {
        var (one, two) = (first.Configuration, other.Configuration);
        if (Path.GetFullPath(first.CheckpointPath) != Path.GetFullPath(other.CheckpointPath)
            || (one.Graph, one.Stream, one.Frames, one.Skip, first.Persons) != (two.Graph, two.Stream, two.Frames, two.Skip, other.Persons))
        {
            throw new HypgcnException(
                $"{otherPath}: its checkpoint, graph, stream, frames, skip or persons are not those of {path}; an alternative is the same network in other formats. Quantize the same configuration.");
        }
    }

    private static void WriteFront(string path, TunedNetwork network)
    {
        var text = new StringBuilder("dsp,bram36,lut,ff,bound_cycles,interval_cycles\n");
        var tuned = network.Tuned;
        void Line(Resources cost, long bound, string exact) => text.Append(
            CultureInfo.InvariantCulture, $"{cost.Dsp:0},{cost.Bram36:0.0},{cost.Lut:0},{cost.Ff:0},{bound},{exact}\n");
        foreach (var point in tuned.Front)
        {
            Line(point.Cost, point.BoundCycles, "");
        }
        Line(tuned.Cost, tuned.BoundCycles, tuned.IntervalCycles.ToString(CultureInfo.InvariantCulture));
        try
        {
            File.WriteAllText(path, text.ToString());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HypgcnException($"{path}: the file cannot be written ({problem.Message.TrimEnd('.')}); the folder must exist and be writable. Choose another path.", problem);
        }
    }

    private static double InRange(string option, double value, double smallest, double largest) => value >= smallest && value <= largest
        ? value
        : throw new HypgcnException(string.Create(
            CultureInfo.InvariantCulture, $"{option}: {value} is out of range; it lies in {smallest}..{largest}. Give a number in that range."));
}
