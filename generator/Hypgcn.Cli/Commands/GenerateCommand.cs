using System.CommandLine;
using System.Globalization;
using Hypgcn.Configuration;
using Hypgcn.Hardware;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn generate</c>: writes a configuration's accelerator as plain Verilog.</summary>
internal sealed class GenerateCommand : CliCommand
{
    private readonly Option<string> _config = new("--config") { Description = "The accelerator.json.", Required = true };

    private readonly Option<string?> _out = new("--out") { Description = "The design folder. Default: rtl-out/NAME." };

    private readonly Option<string?> _clips = new("--clips") { Description = "Clips of joints, .npy [N,C,T,V,M], for the test bench. Default: pseudo-random values." };

    protected override string Name => "generate";

    protected override string Description => "Writes the accelerator: Verilog with AXI shell, memory images, test bench, driver, Vivado scripts.";

    protected override void Define(Command command)
    {
        command.Add(_config);
        command.Add(_out);
        command.Add(_clips);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var generated = await context.Progress.RunAsync("generating", _ => Task.Run(
            () => GeneratedDesign.Write(parsed.GetRequiredValue(_config), parsed.GetValue(_out), parsed.GetValue(_clips), cancellationToken), cancellationToken));
        var resources = generated.Resources;
        context.Print(
            new
            {
                Design = generated.Folder,
                resources.Dsp,
                resources.Bram36,
                Lut = Math.Round(resources.Lut),
                Ff = Math.Round(resources.Ff),
                IntervalCycles = generated.LongestIntervalCycles,
                LatencyCycles = generated.LongestLatencyCycles,
                Multipliers = generated.Project.Design.Multipliers,
                Rfc = RfcStorage.Of(generated.Project.Design),
                Blocks = generated.Project.Design.Blocks.Select(block => BlockHardware.Of(block.Parameters)),
            },
            writer => Write(writer, generated));
        return ExitCode.Success;
    }

    private static void Write(TextWriter writer, GeneratedDesign generated)
    {
        var design = generated.Project.Design;
        var resources = generated.Resources;
        var rfc = RfcStorage.Of(design);
        var clock = generated.Project.Project.Configuration.ClockMhz;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {generated.Folder}: top module {design.Name}, {design.Blocks.Count} blocks
            multipliers {design.Multipliers}; estimated {resources.Dsp} DSP, {resources.Bram36} BRAM36, {resources.Lut:0} LUT, {resources.Ff:0} FF
            RFC FIFOs: {rfc.UncompressedBits / 1e3:N0} kbit without compression ({rfc.UncompressedBram36} BRAM36), {rfc.LosslessBits / 1e3:N0} lossless ({rfc.LosslessBram36}), {rfc.Bits / 1e3:N0} as built ({rfc.Bram36})
            a clip without zeros takes {generated.LongestIntervalCycles} cycles ({clock * 1e6 / generated.LongestIntervalCycles:0.0} clips/s at {clock} MHz), first result after {generated.LongestLatencyCycles}; zeros make it faster
            next: hypgcn cosim --design {generated.Folder} --input CLIPS
            """));
        foreach (BlockDesign block in design.Blocks)
        {
            var p = block.Parameters;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {block.Name}: graph {p.GraphWords} x {p.GraphLanes}{(p.GraphFabric ? " LUT" : "")}, array {p.JointLanes} x {p.ArrayChannels}{(block.HasDown ? $", shortcut {Engines(p.DownEngines)}{p.DownColumns} x {p.DownChannels}" : "")}, temporal {Engines(p.TemporalEngines)}{p.TemporalColumns} x {p.TemporalGroups}{(block.HasResidualConvolution ? $", residual {Engines(p.ResidualEngines)}{p.ResidualColumns} x {p.ResidualChannels}" : "")}, finish {p.SpatialFinish}/{p.TemporalFinish}, LUT words {p.SpatialLutWords}/{p.TemporalLutWords}"));
        }
    }

    // One engine is not worth a word.
    private static string Engines(int engines) => engines > 1 ? $"{engines} x " : "";
}
