using System.ComponentModel;
using System.Diagnostics;

namespace CliWrap;

/// <summary>A command line that can be run; every <c>With...</c> gives a changed copy.</summary>
public class Command
{
    private static readonly TimeSpan KillTimeLimit = TimeSpan.FromSeconds(3);

    private IReadOnlyList<string> _arguments = [];
    private IReadOnlyDictionary<string, string?> _environment = new Dictionary<string, string?>(StringComparer.Ordinal);
    private PipeTarget _standardOutput = PipeTarget.Null;
    private PipeTarget _standardError = PipeTarget.Null;

    public Command(string targetFilePath) => TargetFilePath = targetFilePath;

    public string TargetFilePath { get; }

    public string WorkingDirPath { get; private set; } = Directory.GetCurrentDirectory();

    public CommandResultValidation Validation { get; private set; } = CommandResultValidation.ZeroExitCode;

    public Command WithArguments(IEnumerable<string> arguments) => With(copy => copy._arguments = [.. arguments]);

    public Command WithWorkingDirectory(string workingDirPath) => With(copy => copy.WorkingDirPath = workingDirPath);

    /// <summary>Variables on top of the inherited ones; null removes one.</summary>
    public Command WithEnvironmentVariables(IReadOnlyDictionary<string, string?> environmentVariables) =>
        With(copy => copy._environment = environmentVariables);

    public Command WithStandardOutputPipe(PipeTarget target) => With(copy => copy._standardOutput = target);

    public Command WithStandardErrorPipe(PipeTarget target) => With(copy => copy._standardError = target);

    /// <summary>Only <see cref="CommandResultValidation.None"/> is supported: the caller reads the exit code.</summary>
    public Command WithValidation(CommandResultValidation validation) => With(copy => copy.Validation = validation);

    /// <summary>Runs the command with an empty standard input; cancelling kills its whole process tree.</summary>
    /// <exception cref="Win32Exception">The executable or the working directory is not there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the process is gone.</exception>
    public CommandTask<CommandResult> ExecuteAsync(CancellationToken cancellationToken = default)
    {
        if (Validation != CommandResultValidation.None)
        {
            throw new NotSupportedException("Use WithValidation(CommandResultValidation.None) and check the exit code.");
        }

        var process = new Process { StartInfo = StartInfo() };
        DateTimeOffset startTime = DateTimeOffset.Now;
        try
        {
            process.Start();
        }
        catch (Win32Exception problem)
        {
            process.Dispose();
            throw new Win32Exception($"Failed to start a process with file path '{TargetFilePath}'.", problem);
        }

        // Of a program that ends at once the task ends too, and with it the process.
        int id = process.Id;
        return new CommandTask<CommandResult>(FinishAsync(process, startTime, cancellationToken), id);
    }

    private async Task<CommandResult> FinishAsync(Process process, DateTimeOffset startTime, CancellationToken cancellationToken)
    {
        using (process)
        using (var killLimit = new CancellationTokenSource())
        using (cancellationToken.Register(() => Kill(process, killLimit)))
        {
            process.StandardInput.Close();
            Task pipes = Task.WhenAll(
                _standardOutput.CopyFromAsync(process.StandardOutput.BaseStream, cancellationToken),
                _standardError.CopyFromAsync(process.StandardError.BaseStream, cancellationToken));
            try
            {
                await process.WaitForExitAsync(killLimit.Token).ConfigureAwait(false);
                await pipes.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (killLimit.IsCancellationRequested)
            {
                throw new TimeoutException($"Failed to terminate the underlying process ({TargetFilePath}#{process.Id}).");
            }

            cancellationToken.ThrowIfCancellationRequested();
            return new CommandResult(process.ExitCode, startTime, DateTimeOffset.Now);
        }
    }

    private static void Kill(Process process, CancellationTokenSource killLimit)
    {
        killLimit.CancelAfter(KillTimeLimit);
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(TargetFilePath, _arguments)
        {
            WorkingDirectory = WorkingDirPath,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach ((string name, string? value) in _environment)
        {
            if (value is null)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }

        return info;
    }

    private Command With(Action<Command> change)
    {
        var copy = (Command)MemberwiseClone();
        change(copy);
        return copy;
    }
}
