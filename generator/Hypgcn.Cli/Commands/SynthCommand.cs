using System.CommandLine;
using System.Globalization;
using Hypgcn.Estimation;
using Hypgcn.Synthesis;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn synth</c>: what a design takes on the device and how deep its logic is, by synthesis and by the model.</summary>
internal sealed class SynthCommand : CliCommand
{
    private readonly Option<string> _design = new("--design") { Description = "The design folder.", Required = true };

    private readonly Option<string> _yosys = new("--yosys")
    {
        Description = "Yosys: a name in PATH, or a path.",
        DefaultValueFactory = _ => "yosys",
    };

    private readonly Option<int> _jobs = new("--jobs") { Description = "Runs of Yosys at a time.", DefaultValueFactory = _ => 2 };

    protected override string Name => "synth";

    protected override string Description => "Synthesises every module of a design with Yosys: resources beside the estimate, and depth of logic.";

    protected override void Define(Command command)
    {
        command.Add(_design);
        command.Add(_yosys);
        command.Add(_jobs);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var folder = parsed.GetRequiredValue(_design);
        var library = RtlLibrary.Read(folder);
        var top = ModuleConfiguration.Of(library.Top, []);
        var synthesis = await context.Progress.RunAsync("synthesising", progress => new Synthesizer
        {
            Yosys = parsed.GetRequiredValue(_yosys),
            Jobs = parsed.GetValue(_jobs),
            OnProgress = (done, known) => progress.Report(new StepProgress(null, string.Create(CultureInfo.InvariantCulture, $"{done} of {known} modules known so far"))),
        }.RunAsync(library, top, cancellationToken));
        new SynthReport(synthesis, ResourceModel.Of(library)).Print(context);
        return ExitCode.Success;
    }
}
