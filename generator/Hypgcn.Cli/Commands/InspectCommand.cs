using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Hypgcn.Models;
using Hypgcn.Pruning;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn inspect CHECKPOINT</c>: what is in a checkpoint, and what it costs to run.</summary>
internal sealed class InspectCommand : CliCommand
{
    private readonly Argument<string> _checkpoint = new("CHECKPOINT") { Description = "A .pt, .pth, .safetensors or .npz file." };

    private readonly Option<int> _frames = new("--frames")
    {
        Description = "Frames of a clip, after input skipping.",
        DefaultValueFactory = _ => 300,
    };

    private readonly Option<int?> _persons = new("--persons") { Description = "Persons of a clip. Default: those data_bn was trained for." };

    private readonly Option<string> _graph = new("--graph")
    {
        Description = "Joint graph: ntu-25, ucla-20, openpose-18 or a joints.json.",
        DefaultValueFactory = _ => SkeletonGraph.Ntu25.Name,
    };

    private readonly Option<string?> _strides = new("--strides")
    {
        Description = "Temporal stride of each block, as in 1,1,2. Default: 2 where a block has a residual convolution, else 1.",
    };

    protected override string Name => "inspect";

    protected override string Description => "Shows a checkpoint's layers, shapes, parameters and multiply-accumulates, what is missing or dropped, and the structure of its zeros.";

    protected override void Define(Command command)
    {
        command.Add(_checkpoint);
        command.Add(_frames);
        command.Add(_persons);
        command.Add(_graph);
        command.Add(_strides);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        int frames = InRange("--frames", parsed.GetValue(_frames), 100_000);
        int? persons = parsed.GetValue(_persons) is { } given ? InRange("--persons", given, 16) : null;
        var options = new CheckpointOptions
        {
            Graph = SkeletonGraphFile.Read(parsed.GetRequiredValue(_graph)),
            Strides = Strides(parsed.GetValue(_strides)),
        };
        ModelGraph model;
        try
        {
            string path = parsed.GetRequiredValue(_checkpoint);
            model = await context.Progress.RunAsync($"reading {path}", _ => Task.Run(() => CheckpointReader.Read(path, options), cancellationToken));
        }
        catch (ModelFormatException problem) when (context.IsJson && problem.Problems.Count > 0)
        {
            // A script gets the list; the exit code and the line on standard error stay those of bad input.
            context.Print(new { Parameters = 0L, MacsPerClip = 0L, Blocks = Array.Empty<object>(), Dropped = Array.Empty<string>(), Missing = problem.Problems }, _ => { });
            throw;
        }

        Print(context, model, frames, persons ?? model.DataNormPersons);
        return ExitCode.Success;
    }

    private static void Print(CommandContext context, ModelGraph model, int frames, int persons)
    {
        ModelSummary summary = ModelSummary.Of(model, frames, persons);
        ModelStructure structure = ModelStructure.Of(model, frames, persons);
        JsonObject json = ModelSummaryFormatter.ToJson(summary);
        json["structure"] = ModelStructureFormatter.ToJson(structure);
        context.Print(json, writer =>
        {
            writer.Write(ModelSummaryFormatter.ToText(summary));
            if (structure.Weights is { IrregularZeros: 0 } && !structure.IsPruned)
            {
                writer.Write("structure: dense, no weight is zero\n");
                return;
            }
            writer.Write("\nstructure, as the zeros say:\n");
            writer.Write(ModelStructureFormatter.ToText(structure));
        });
    }

    private static int InRange(string option, int value, int largest) => value >= 1 && value <= largest
        ? value
        : throw new HypgcnException($"{option}: {value} is out of range; it lies in 1..{largest}. Give a number in that range.");

    private static int[]? Strides(string? text)
    {
        if (text is null)
            return null;
        string[] parts = text.Split(',');
        var strides = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out strides[i]))
                throw new HypgcnException($"--strides: '{text}' has the part '{parts[i]}'; strides are whole numbers separated by commas. Write them as 1,1,2.");
        }

        return strides;
    }
}
