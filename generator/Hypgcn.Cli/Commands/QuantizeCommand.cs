using System.CommandLine;
using System.Globalization;
using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Sparsity;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn quantize</c>: chooses the formats and writes them into the configuration.</summary>
internal sealed class QuantizeCommand : CliCommand
{
    private readonly Option<string> _config = new("--config") { Description = "The accelerator.json; the formats are written into it.", Required = true };

    private readonly Option<string> _calibrate = new("--calibrate")
    {
        Description = "Clips like those the design will see, .npy [N, 3, T, V, M]; not those that accuracy is measured on.",
        Required = true,
    };

    protected override string Name => "quantize";

    protected override string Description => "Chooses fixed-point formats from calibration clips and writes them into the configuration.";

    protected override void Define(Command command)
    {
        command.Add(_config);
        command.Add(_calibrate);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(_config);
        var project = AcceleratorProject.Load(path, ignoreFormats: true);
        var clips = project.ReadClips(parsed.GetRequiredValue(_calibrate));
        var formats = await context.Progress.RunAsync(
            $"measuring {clips.Count} clips",
            _ => Task.Run(() => Calibration.Formats(project, clips, project.BlockFeatureBits), cancellationToken));
        var sparsity = await context.Progress.RunAsync(
            $"counting zeros of {clips.Count} clips", progress => Task.Run(
                () => Calibration.Zeros(project, formats, clips, Classification.Counter(clips.Count, progress), cancellationToken), cancellationToken));
        ConfigurationFile.Write(path, project.Configuration with { Formats = new FormatChoice { Formats = formats }, Sparsity = sparsity });
        var noise = await context.Progress.RunAsync(
            $"comparing {clips.Count} clips with floating point",
            _ => Task.Run(() => SignalToNoise.Measure(project.Model, formats, clips), cancellationToken));
        var widths = AccumulatorBounds.Compute(project.Quantize(formats, project.Configuration.Frames, project.Persons));
        context.Print(
            new
            {
                Config = path,
                Clips = clips.Count,
                Formats = formats,
                SnrDb = noise.ToDictionary(boundary => boundary.Key, boundary => Math.Round(boundary.Value, 2)),
                Sparsity = sparsity,
            },
            writer =>
            {
                WriteText(writer, project.Model, formats, widths, sparsity);
                WriteNoise(writer, noise);
                writer.WriteLine($"Written to {path}.");
            });
        return ExitCode.Success;
    }

    private static void WriteText(TextWriter writer, ModelGraph model, QuantizationFormats formats, ModelWidths widths, NetworkSparsity sparsity)
    {
        writer.WriteLine($"{formats.FeatureBits} bits at the input and in the classifier; fraction bits: clip {formats.Clip}, data_bn {formats.InputScale}, x0 {formats.Input}, fc {formats.Classifier}");
        writer.WriteLine("block bits  graph   U  spatial  down   z  temporal  residual   y   accumulators: graph spatial temporal   zeros of x, z");
        for (var b = 0; b < formats.Blocks.Count; b++)
        {
            var (f, w, block, zeros) = (formats.Blocks[b], widths.Blocks[b], model.Blocks[b], sparsity.Blocks[b]);
            writer.WriteLine(
                $"{b + 1,5}{formats.BlockBits(b),5}{f.Graph,7}{f.GraphFeature,4}{f.Spatial,9}{f.Down,6}{f.Middle,4}{f.Temporal,10}{f.Residual,10}{f.Output,4}" +
                $"{w.Graph.WidthBits,23}{w.SpatialSum.WidthBits,8}{w.TemporalSum.WidthBits,9}" +
                $"{100 - zeros.Spatial.Percent(block.InputChannels),11} %{100 - zeros.Middle.Percent(block.OutputChannels),4} %");
        }
    }

    private static void WriteNoise(TextWriter writer, IReadOnlyList<KeyValuePair<string, double>> noise)
    {
        writer.WriteLine("Signal-to-noise over these clips, against floating point:");
        foreach (var pair in noise.Chunk(2))
        {
            writer.WriteLine(string.Join("", pair.Select(
                boundary => string.Create(CultureInfo.InvariantCulture, $"  {boundary.Key,-10}{boundary.Value,7:F1} dB"))));
        }
    }
}
