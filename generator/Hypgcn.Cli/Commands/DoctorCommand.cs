using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn doctor</c>: fails where a required program is missing or does not run.</summary>
internal sealed class DoctorCommand : CliCommand
{
    protected override string Name => "doctor";

    protected override string Description => "Says which tools are found, which version, what is missing and how to get it.";

    protected override async Task<ExitCode> RunAsync(
        ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        ToolVersion[] tools = await context.Progress.RunAsync(
            "asking the tools for their versions",
            _ => Task.WhenAll(KnownTool.All.Select(tool => ToolVersion.ReadAsync(tool, cancellationToken))));
        bool isReady = tools.All(tool => tool.IsUsable || !tool.Tool.IsRequired);
        context.Print(Result(tools, isReady), writer => WriteText(writer, tools, isReady));
        return isReady ? ExitCode.Success : ExitCode.CheckFailed;
    }

    private static object Result(ToolVersion[] tools, bool isReady) => new
    {
        Ready = isReady,
        Hypgcn = ProgramVersion,
        Runtime = RuntimeInformation.FrameworkDescription,
        Processors = Environment.ProcessorCount,
        TemplateEngine = TemplateEngine.Description,
        Tools = tools.Select(tool => new
        {
            tool.Tool.Name,
            Found = tool.IsUsable,
            tool.Path,
            tool.Version,
            tool.Problem,
            Required = tool.Tool.IsRequired,
            tool.Tool.Purpose,
            tool.Tool.Install,
        }),
    };

    private static void WriteText(TextWriter writer, ToolVersion[] tools, bool isReady)
    {
        writer.WriteLine($"hypgcn      {ProgramVersion} on {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors");
        writer.WriteLine($"templates   {TemplateEngine.Description}");
        foreach (ToolVersion tool in tools)
        {
            string state = tool.Problem ?? (tool.Path is null ? "missing" : $"{tool.Version} ({tool.Path})");
            writer.WriteLine($"{tool.Tool.Name,-11} {state}");
            if (!tool.IsUsable)
            {
                string need = tool.Tool.IsRequired ? "Required" : "Optional";
                writer.WriteLine($"            {need}: {tool.Tool.Purpose}. Get it with `{tool.Tool.Install}`.");
            }
        }

        writer.WriteLine(isReady ? "Ready." : "Not ready: a required tool is missing.");
    }

    private static string ProgramVersion =>
        typeof(DoctorCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "unknown";
}
