using System.CommandLine;

namespace Hypgcn.Cli.Commands;

/// <summary>One verb of the command line: parses its options, calls the library, prints, and gives an exit code.</summary>
public abstract class CliCommand
{
    protected abstract string Name { get; }

    /// <summary>One sentence for <c>--help</c>.</summary>
    protected abstract string Description { get; }

    /// <summary>The System.CommandLine command.</summary>
    public Command Create(Func<ParseResult, CommandContext> contextOf)
    {
        var command = new Command(Name, Description);
        Define(command);
        command.SetAction(async (parsed, cancellationToken) =>
            (int)await RunAsync(parsed, contextOf(parsed), cancellationToken).ConfigureAwait(false));
        return command;
    }

    /// <summary>Adds the arguments and options.</summary>
    protected virtual void Define(Command command)
    {
    }

    /// <summary>Does the work. A <see cref="HypgcnException"/> ends in one line on standard error and exit code 2.</summary>
    protected abstract Task<ExitCode> RunAsync(
        ParseResult parsed, CommandContext context, CancellationToken cancellationToken);
}
