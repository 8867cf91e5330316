using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text.RegularExpressions;
using Hypgcn.Cli.Commands;

namespace Hypgcn.Cli;

/// <summary>Runs one command line: every problem becomes one line on standard error and an exit code.</summary>
public static partial class HypgcnApplication
{
    private const int LongestMessage = 20_000;
    private static readonly TimeSpan CancelTimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Every command, in the order in which help lists them.</summary>
    private static IReadOnlyList<CliCommand> Commands() =>
    [
        new NewCommand(),
        new InspectCommand(),
        new PruneCommand(),
        new QuantizeCommand(),
        new InferCommand(),
        new TuneCommand(),
        new GenerateCommand(),
        new CosimCommand(),
        new SynthCommand(),
        new FuzzCommand(),
        new DemoCommand(),
        new DoctorCommand(),
    ];

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            ParseResult parsed = Define(output, error).Parse(arguments);
            if (parsed.Action is ParseErrorAction)
            {
                throw new HypgcnException(Explain(parsed));
            }

            return await parsed.InvokeAsync(Configuration(output, error), cancellationToken).ConfigureAwait(false);
        }
        catch (HypgcnException problem)
        {
            return Fail(error, ExitCode.BadInput, problem.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(error, ExitCode.Cancelled, "cancelled.");
        }
        catch (Exception problem)
        {
            return Fail(error, ExitCode.InternalError,
                $"internal error: {problem.GetType().Name}: {problem.Message} Please report it with {WriteLog(arguments, problem)}.");
        }
    }

    private static RootCommand Define(TextWriter output, TextWriter error)
    {
        var json = new Option<bool>("--json")
        {
            Description = "Print the result as JSON on standard output.",
            Recursive = true,
        };
        var root = new RootCommand(
            "Turns a trained 2s-AGCN checkpoint into a complete FPGA accelerator in plain Verilog, and proves it in simulation.")
        {
            json,
        };
        foreach (CliCommand command in Commands())
        {
            root.Add(command.Create(parsed => new CommandContext(output, error, parsed.GetValue(json))));
        }

        return root;
    }

    private static InvocationConfiguration Configuration(TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = CancelTimeLimit,
    };

    private static string Explain(ParseResult parsed)
    {
        IEnumerable<string> problems = parsed.Errors.Select(problem => Explain(problem.Message)).Distinct();
        var path = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            path.Insert(0, command.Parent is null ? "hypgcn" : command.Command.Name);
        }

        return $"command line: {string.Join("; ", problems)}. See `{string.Join(' ', path)} --help`.";
    }

    // System.CommandLine names .NET types.
    private static string Explain(string problem) => WrongType().Match(problem) is { Success: true } wrong
        ? $"{wrong.Groups["option"].Value} is '{wrong.Groups["text"].Value}'; it must be "
            + wrong.Groups["type"].Value switch { "Double" => "a number", "UInt64" => "a whole number, 0 or more", _ => "a whole number" }
        : problem.TrimEnd('.');

    [GeneratedRegex(@"^Cannot parse argument '(?<text>.*)' for option '(?<option>[^']+)' as expected type '[^']*System\.(?<type>\w+)\]?'\.?$", RegexOptions.Singleline)]
    private static partial Regex WrongType();

    private static int Fail(TextWriter error, ExitCode code, string message)
    {
        error.WriteLine($"hypgcn: {OneLine(message)}");
        return (int)code;
    }

    // What a file says may hold anything: nothing in it may reach a terminal as a control sequence, or flood it.
    private static string OneLine(string message)
    {
        string line = string.Concat(message.ReplaceLineEndings(" ").Select(c =>
            char.IsControl(c) || c is '\u2028' or '\u2029' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : $"{c}"));
        return line.Length <= LongestMessage ? line : $"{line[..LongestMessage]}... ({line.Length - LongestMessage} more characters).";
    }

    private static string WriteLog(IReadOnlyList<string> arguments, Exception problem)
    {
        string time = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string path = Path.Combine(Path.GetTempPath(), $"hypgcn-{time}-{Environment.ProcessId}.log");
        try
        {
            File.WriteAllText(path, $"hypgcn {string.Join(' ', arguments)}\n\n{problem}\n");
            return path;
        }
        catch (Exception secondProblem) when (secondProblem is IOException or UnauthorizedAccessException)
        {
            return "the command line (no log could be written)";
        }
    }
}
