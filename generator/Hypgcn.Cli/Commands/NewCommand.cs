using System.CommandLine;
using Hypgcn.Configuration;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn new</c>: starts a configuration from a checkpoint.</summary>
internal sealed class NewCommand : CliCommand
{
    private readonly Option<string> _network = new("--network") { Description = "Kind of network: 2s-agcn.", Required = true };

    private readonly Option<string> _checkpoint = new("--checkpoint") { Description = "A .pt, .pth, .safetensors or .npz file.", Required = true };

    private readonly Option<int> _frames = new("--frames")
    {
        Description = "Frames of a clip, after input skipping.",
        DefaultValueFactory = _ => new AcceleratorConfiguration().Frames,
    };

    private readonly Option<int?> _persons = new("--persons") { Description = "Persons of a clip. Default: those data_bn was trained for." };

    private readonly Option<int> _skip = new("--skip")
    {
        Description = "Of every so many recorded frames the first is used.",
        DefaultValueFactory = _ => new AcceleratorConfiguration().Skip,
    };

    private readonly Option<string> _graph = new("--graph")
    {
        Description = "Joint graph: ntu-25, ucla-20, openpose-18 or a joints.json.",
        DefaultValueFactory = _ => new AcceleratorConfiguration().Graph,
    };

    private readonly Option<string> _stream = new("--stream")
    {
        Description = "What the network is trained on: joint or bone. Clips are joints in both cases.",
        DefaultValueFactory = _ => new AcceleratorConfiguration().Stream,
    };

    private readonly Option<string> _out = new("--out") { Description = "The file to write: accelerator.json.", Required = true };

    protected override string Name => "new";

    protected override string Description => "Starts an accelerator.json for a checkpoint.";

    protected override void Define(Command command)
    {
        _network.AcceptOnlyFromAmong("2s-agcn");
        command.Add(_network);
        command.Add(_checkpoint);
        command.Add(_frames);
        command.Add(_persons);
        command.Add(_skip);
        command.Add(_graph);
        command.Add(_stream);
        command.Add(_out);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(_out);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var graph = parsed.GetRequiredValue(_graph);
        var draft = new AcceleratorConfiguration
        {
            Checkpoint = Relative(folder, parsed.GetRequiredValue(_checkpoint)),
            Graph = File.Exists(graph) ? Relative(folder, graph) : graph,
            Stream = parsed.GetRequiredValue(_stream),
            Frames = parsed.GetValue(_frames),
            Persons = parsed.GetValue(_persons),
            Skip = parsed.GetValue(_skip),
        };
        // Ranges first: a typo in a number should not wait for the checkpoint.
        ConfigurationFile.Parse("command line", ConfigurationFile.ToJson(draft));
        var model = await context.Progress.RunAsync(
            "reading the checkpoint",
            _ => Task.Run(() => AcceleratorProject.ReadModel(draft, folder), cancellationToken));
        var configuration = draft with { Persons = draft.Persons ?? model.DataNormPersons };
        ConfigurationFile.Write(path, configuration);
        context.Print(
            new { Config = path, Blocks = model.Blocks.Count, configuration.Frames, configuration.Persons },
            writer => writer.WriteLine(
                $"{path}: {model.Blocks.Count} blocks, {configuration.Frames} frames, {configuration.Persons} person(s). Next: hypgcn quantize --config {path} --calibrate CLIPS"));
        return ExitCode.Success;
    }

    private static string Relative(string folder, string path) =>
        Path.GetRelativePath(folder, Path.GetFullPath(path)).Replace('\\', '/');
}
