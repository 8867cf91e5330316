using System.CommandLine;
using Hypgcn.Configuration;
using Hypgcn.CoSimulation;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn cosim</c>: proves a design folder in Verilator against the golden model and the cycle model.</summary>
internal sealed class CosimCommand : CliCommand
{
    private readonly Option<string> _design = new("--design") { Description = "The design folder.", Required = true };

    private readonly Option<string?> _second = new("--second")
    {
        Description = "Folder of a second design, such as bones, that is run on the same clips of joints; the logits are added.",
    };

    private readonly Option<string> _input = new("--input") { Description = "Clips of joints, .npy [N,C,T,V,M].", Required = true };

    private readonly Option<int?> _clips = new("--clips") { Description = "Number of clips to run. Default: all." };

    private readonly Option<int> _firstClip = new("--first-clip") { Description = "Index of the first clip to run." };

    private readonly Option<string?> _labels = new("--labels") { Description = "Labels, .npy or .pkl; gives top1." };

    private readonly Option<ulong> _stall = new("--stall") { Description = "Seed of the ports' stalls; 0 is free running." };

    private readonly Option<int> _gap = new("--gap") { Description = "Cycles without input between clips." };

    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "Simulations at a time, each with a part of the clips.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _trace = new("--trace")
    {
        Description = "Write a waveform, .vcd or .fst. Default: NAME.vcd.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<long> _traceFrom = new("--trace-from") { Description = "First cycle of the waveform." };

    private readonly Option<long> _traceTo = new("--trace-to")
    {
        Description = "Last cycle of the waveform; -1 is the end.",
        DefaultValueFactory = _ => -1,
    };

    private readonly Option<double> _timeLimit = new("--time-limit")
    {
        Description = "Seconds after which a simulation is killed.",
        DefaultValueFactory = _ => 7200,
    };

    protected override string Name => "cosim";

    protected override string Description =>
        "Simulates a design on real clips and compares every block boundary, the logits and every cycle count.";

    protected override void Define(Command command)
    {
        Option[] options =
            [_design, _second, _input, _clips, _firstClip, _labels, _stall, _gap, _jobs, _trace, _traceFrom, _traceTo, _timeLimit];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        (Stream[] streams, int[]? labels) = Read(parsed);
        var reports = new List<CoSimulationReport>();
        foreach (Stream stream in streams)
        {
            CoSimulationRun run = Configure(parsed, stream.Design, stream.Folder);
            CoSimulationResult result = await context.Progress.RunAsync($"co-simulating {stream.Design.Name}", progress =>
                run.RunAsync(stream.Clips, labels, new ClipProgress(progress, stream.Clips.Length), cancellationToken));
            string? rerun = result.IsExact ? null : Rerun(parsed, stream, run, result);
            double[][] logits = StreamScore.Real(result.Logits, stream.Design.Model.Classifier.FractionBits);
            reports.Add(new CoSimulationReport(stream.Folder, result, rerun, logits));
        }

        double? sum = reports.Count < 2 || labels is null ? null : Accuracy.Top1(StreamScore.Sum(reports[0].Logits, reports[1].Logits), labels);
        context.Print(CoSimulationText.ToJson(reports, sum), writer => CoSimulationText.Write(writer, reports, sum));
        return reports.All(report => report.Result.IsExact) ? ExitCode.Success : ExitCode.CheckFailed;
    }

    private CoSimulationRun Configure(ParseResult parsed, AcceleratorDesign design, string folder) =>
        new(design, folder, new VerilatorToolchain())
        {
            Pattern = new PortPattern(parsed.GetValue(_stall), InRange("--gap", parsed.GetValue(_gap), 0, 100_000_000)),
            Jobs = InRange("--jobs", parsed.GetValue(_jobs), 1, 1024),
            FirstClip = parsed.GetValue(_firstClip),
            Options = new SimulationOptions
            {
                TimeLimit = TimeSpan.FromSeconds(InRange("--time-limit", parsed.GetValue(_timeLimit), 1, 1_000_000)),
                Trace = parsed.GetResult(_trace) is { Implicit: false }
                    ? new TraceWindow(parsed.GetValue(_trace) ?? $"{design.Name}.vcd", parsed.GetValue(_traceFrom), parsed.GetValue(_traceTo))
                    : null,
            },
        };

    private (Stream[] Streams, int[]? Labels) Read(ParseResult parsed)
    {
        (string Folder, DesignProject Opened)[] designs = Open(parsed);
        string path = parsed.GetRequiredValue(_input);
        ClipSet recorded = ClipSource.Read(path);
        int first = InRange("--first-clip", parsed.GetValue(_firstClip), 0, recorded.Count - 1);
        int count = parsed.GetValue(_clips) is int wanted ? InRange("--clips", wanted, 1, recorded.Count - first) : recorded.Count - first;
        ClipSet used = recorded.Slice(first, count);
        Stream[] streams = [.. designs.Select(design => new Stream(design.Folder, design.Opened.Design, QuantizedClips.Of(design.Opened, path, used)))];
        return (streams, parsed.GetValue(_labels) is string labels ? ReadLabels(labels, first, count, recorded.Count) : null);
    }

    private (string Folder, DesignProject Opened)[] Open(ParseResult parsed)
    {
        string folder = parsed.GetRequiredValue(_design);
        if (parsed.GetValue(_second) is not string other)
        {
            return [(folder, DesignProject.FromFolder(folder))];
        }

        if (parsed.GetResult(_trace) is { Implicit: false })
        {
            throw new HypgcnException("--trace: it is given together with --second; a waveform is of one design. Run that design alone.");
        }

        var first = DesignProject.FromFolder(folder);
        var second = DesignProject.FromFolder(other);
        StreamRules.Check(folder, first.Project, other, second.Project);
        return [(folder, first), (other, second)];
    }

    private static int[] ReadLabels(string path, int first, int count, int clips)
    {
        int[] labels = LabelFile.Read(path);
        return labels.Length >= first + count
            ? labels[first..(first + count)]
            : throw new HypgcnException(
                $"{path}: holds {labels.Length} labels for {clips} clips; every clip has one. Give the labels of these clips.");
    }

    /// <summary>The command that runs the chunk of the first mismatch again and records the cycles around it.</summary>
    private string Rerun(ParseResult parsed, Stream stream, CoSimulationRun run, CoSimulationResult result)
    {
        int clips = stream.Clips.Length;
        int size = run.ChunkClips(clips);
        int first = run.FirstClip + (((result.FirstMismatch?.Clip ?? run.FirstClip) - run.FirstClip) / size * size);
        int count = Math.Min(size, run.FirstClip + clips - first);
        string window = result.FirstMismatch?.Cycle is long cycle
            ? FormattableString.Invariant($" --trace-from {Math.Max(0, cycle - 500)} --trace-to {cycle + 50}")
            : "";
        return FormattableString.Invariant(
            $"hypgcn cosim --design {stream.Folder} --input {parsed.GetValue(_input)} --first-clip {first} --clips {count} --stall {run.Pattern.Seed} --gap {run.Pattern.GapCycles} --trace {stream.Design.Name}.vcd")
            + window;
    }

    private static T InRange<T>(string option, T value, T smallest, T largest)
        where T : System.Numerics.INumber<T> => value >= smallest && value <= largest
        ? value
        : throw new HypgcnException(FormattableString.Invariant(
            $"{option}: {value} is out of range; it lies in {smallest}..{largest}. Give a number in that range."));

    /// <summary>A design and its input.</summary>
    private sealed record Stream(string Folder, AcceleratorDesign Design, short[][] Clips);

    private sealed class ClipProgress(IProgress<StepProgress> target, int clips) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => target.Report(
            new StepProgress((double)value.ClipsDone / clips, $"clip {value.ClipsDone} of {clips}, {value.Cycles:N0} cycles"));
    }
}
