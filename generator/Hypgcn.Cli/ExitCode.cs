namespace Hypgcn.Cli;

/// <summary>What the program's exit code says; scripts rely on 0, 1 and 2.</summary>
public enum ExitCode
{
    Success = 0,

    /// <summary>The command did its work and the answer is no: a mismatch, a missing tool, a wrong class.</summary>
    CheckFailed = 1,

    /// <summary>The user has to change something: a file, an option, an installation.</summary>
    BadInput = 2,

    /// <summary>A bug; a log file has the details.</summary>
    InternalError = 3,

    /// <summary>Ctrl-C, as shells count it.</summary>
    Cancelled = 130,
}
