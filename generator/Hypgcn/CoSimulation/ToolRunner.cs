using System.ComponentModel;
using CliWrap;

namespace Hypgcn.CoSimulation;

/// <summary>Runs external programs with a time limit and a log. The one place that starts processes.</summary>
public sealed class ToolRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="ToolException">It is missing, ended with another exit code than 0, or ran out of time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the process tree is gone.</exception>
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        string executable = ToolLocator.Require(command.Executable);
        string commandLine = string.Join(' ', new[] { command.Executable }.Concat(command.Arguments).Select(Quote));
        using var log = new ToolLog(command, commandLine);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(command.TimeLimit);
        CommandResult result = await ExecuteAsync(command, executable, commandLine, log, limit.Token, cancellationToken)
            .ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw Failure(
                $"{command.Name}: {command.Executable} ended with exit code {result.ExitCode}; 0 is success{LastLine(log)}. "
                    + $"Read the log {command.LogPath}.",
                command, commandLine, log, result.ExitCode);
        }

        return new ToolResult(result.RunTime, command.LogPath, log.LastLines);
    }

    private static async Task<CommandResult> ExecuteAsync(
        ToolCommand command,
        string executable,
        string commandLine,
        ToolLog log,
        CancellationToken limit,
        CancellationToken cancellationToken)
    {
        try
        {
            return await Cli.Wrap(executable)
                .WithArguments(command.Arguments)
                .WithWorkingDirectory(command.WorkingDirectory)
                .WithEnvironmentVariables(command.Environment)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(log.AddOutput))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(log.AddError))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(limit)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.AddNote($"killed after {command.TimeLimit.TotalSeconds:0.#} s");
            throw Failure(
                $"{command.Name}: {command.Executable} still ran after {command.TimeLimit.TotalSeconds:0.#} s, its time limit, "
                    + $"and was killed. Read the log {command.LogPath}.",
                command, commandLine, log, exitCode: null);
        }
        catch (Win32Exception problem)
        {
            throw new ToolException(
                $"{command.Name}: {command.Executable} cannot be started in {command.WorkingDirectory}: "
                    + $"{problem.InnerException?.Message ?? problem.Message}. Check the file and the folder.",
                problem)
            { CommandLine = commandLine };
        }
    }

    private static ToolException Failure(
        string message, ToolCommand command, string commandLine, ToolLog log, int? exitCode) => new(message)
        {
            CommandLine = commandLine,
            ExitCode = exitCode,
            LastLines = log.LastErrorLines,
            LogPath = command.LogPath,
        };

    private static string LastLine(ToolLog log) =>
        log.LastErrorLines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is string line
            ? $"; it said `{line.Trim()}`"
            : "";

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_=+./:,@%".Contains(letter))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
