namespace CliWrap;

/// <summary>What makes a finished command an error.</summary>
[Flags]
public enum CommandResultValidation
{
    None = 0,
    ZeroExitCode = 1,
}
