using System.CommandLine;
using System.CommandLine.Parsing;

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
        foreach (Option option in command.Options.Where(option => option.ValueType == typeof(string)))
        {
            option.Validators.Add(result => RequireText(result, option.Name, result.Tokens));
        }
        foreach (Argument argument in command.Arguments)
        {
            argument.Validators.Add(result => RequireText(result, argument.Name, result.Tokens));
        }
        command.SetAction(async (parsed, cancellationToken) =>
            (int)await RunAsync(parsed, contextOf(parsed), cancellationToken).ConfigureAwait(false));
        return command;
    }

    // Paths and names alike: no file system takes an empty one or one with a zero character.
    private static void RequireText(SymbolResult result, string name, IEnumerable<Token> tokens)
    {
        if (tokens.Any(token => token.Value.Length == 0 || token.Value.Contains('\0')))
        {
            result.AddError($"{name} is empty or has a zero character; it must be a name or path");
        }
    }

    /// <summary>Adds the arguments and options.</summary>
    protected virtual void Define(Command command)
    {
    }

    /// <summary>Does the work. A <see cref="HypgcnException"/> ends in one line on standard error and exit code 2.</summary>
    protected abstract Task<ExitCode> RunAsync(
        ParseResult parsed, CommandContext context, CancellationToken cancellationToken);
}
