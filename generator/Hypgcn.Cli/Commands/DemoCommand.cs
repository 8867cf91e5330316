using System.CommandLine;
using System.Globalization;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;
using Hypgcn.Models;
using Hypgcn.Reference;
using Spectre.Console;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn demo</c>: the small example network from checkpoint to proven Verilog.</summary>
internal sealed class DemoCommand : CliCommand
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "The design folder.",
        DefaultValueFactory = _ => "rtl-out/demo",
    };

    private readonly Option<int> _clips = new("--clips")
    {
        Description = "Clips to simulate, 1 to 24.",
        DefaultValueFactory = _ => 6,
    };

    protected override string Name => "demo";

    protected override string Description => "A small trained network -> Verilog -> Verilator -> class per clip, in about a minute.";

    protected override void Define(Command command)
    {
        command.Add(_out);
        command.Add(_clips);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        // In a checkout its own example, so that the design folder names it by a short relative path.
        var checkout = Path.Combine("examples", "demo");
        var example = Directory.Exists(checkout) ? checkout : TemplateFolder.Demo;
        var count = parsed.GetValue(_clips);
        if (count is < 1 or > 24)
        {
            throw new HypgcnException($"--clips: {count}; the example has 1 to 24 clips. Choose a number in that range.");
        }
        ToolLocator.Require("verilator");
        var generated = await context.Progress.RunAsync("generating", _ => Task.Run(
            () => GeneratedDesign.Write(Path.Combine(example, "accelerator.json"), parsed.GetValue(_out), null, cancellationToken), cancellationToken));
        var toolchain = new VerilatorToolchain();
        var design = CoSimulationDesign.Of(generated.Project.Design, generated.Folder);
        var lint = await context.Progress.RunAsync("linting", _ => toolchain.LintAsync(design, cancellationToken));
        var build = await context.Progress.RunAsync("building the simulation", _ => toolchain.BuildAsync(design, TraceFormat.None, cancellationToken));
        var (clips, labels, found) = Clips(generated, example, count);
        var run = new CoSimulationRun(generated.Project.Design, generated.Folder, toolchain);
        var result = await context.Progress.RunAsync("co-simulating", progress =>
            run.RunAsync(clips, labels, new Relay(progress, count), cancellationToken));
        result = result with { BuildSeconds = build.Seconds };
        var classes = File.ReadAllLines(Path.Combine(example, "classes.txt"));
        context.Print(
            new
            {
                Design = generated.Folder,
                Lint = lint,
                Result = CoSimulationText.ToJson(result, null),
                Classes = found.Select(clip => classes[clip]),
                generated.Resources.Dsp,
                generated.Resources.Bram36,
                Lut = Math.Round(generated.Resources.Lut),
                Ff = Math.Round(generated.Resources.Ff),
            },
            writer => Write(writer, generated, lint, result, [.. found.Select((clip, n) => (classes[clip], classes[labels[n]]))]));
        return result.IsExact && lint.Count == 0 ? ExitCode.Success : ExitCode.CheckFailed;
    }

    // The classes are those of the golden model; the co-simulation shows that the Verilog's logits are the same.
    private static (short[][] Clips, int[] Labels, int[] Found) Clips(GeneratedDesign generated, string example, int count)
    {
        var design = generated.Project.Design;
        var model = design.Model;
        var set = generated.Project.Project.ReadClips(Path.Combine(example, "clips.npy"));
        short[][] clips =
        [
            .. Enumerable.Range(0, count).Select(clip => ClipQuantizer.Quantize(model, set.Clip(clip))),
        ];
        var scores = new ClipSequence(new IntegerNetwork(model), design.RfcRules).Score(clips);
        return (clips, LabelFile.Read(Path.Combine(example, "labels.npy"))[..count], [.. scores.Select(clip => Accuracy.Best<long>(clip.Logits))]);
    }

    private static void Write(
        TextWriter writer, GeneratedDesign generated, IReadOnlyList<string> lint, CoSimulationResult result, (string Found, string Label)[] clips)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        var table = new Table().Border(TableBorder.Ascii).AddColumns("clip", "found", "label");
        for (var n = 0; n < clips.Length; n++)
        {
            table.AddRow(n.ToString(CultureInfo.InvariantCulture), clips[n].Found, clips[n].Label);
        }
        console.Write(table);
        var (resources, cycles) = (generated.Resources, result.Cycles);
        var summary = new Table().Border(TableBorder.Ascii).HideHeaders().AddColumns("what", "value");
        void Row(string what, FormattableString value) => summary.AddRow(what, Markup.Escape(value.ToString(CultureInfo.InvariantCulture)));
        Row("lint (verilator -Wall)", $"{lint.Count} lines");
        Row("banks compared", $"{result.BoundariesChecked}");
        Row("mismatches", $"{result.Mismatches}");
        Row("cycles predicted", $"{cycles.Predicted}");
        Row("cycles simulated", $"{cycles.Simulated}");
        Row("difference (all counters)", $"{cycles.Difference}");
        Row("latency, interval (cycles)", $"{result.LatencyCycles}, {result.IntervalCycles}");
        Row("multipliers", $"{generated.Project.Design.Multipliers}");
        Row("estimate", $"{resources.Dsp} DSP, {resources.Bram36} BRAM36, {resources.Lut:0} LUT, {resources.Ff:0} FF");
        Row("build, run (seconds)", $"{result.BuildSeconds:0.0}, {result.RunSeconds:0.0}");
        Row("files", $"{generated.Folder}/rtl, mem, sim, manifest.json");
        console.Write(summary);
        if (!result.IsExact)
        {
            CoSimulationText.Write(writer, result, null);
        }
    }

    private sealed class Relay(IProgress<StepProgress> target, int clips) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) =>
            target.Report(new StepProgress((double)value.ClipsDone / clips, $"clip {value.ClipsDone} of {clips}"));
    }
}
