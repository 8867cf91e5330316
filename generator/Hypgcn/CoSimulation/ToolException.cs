namespace Hypgcn.CoSimulation;

/// <summary>An external program is missing, failed or ran out of time.</summary>
public sealed class ToolException : HypgcnException
{
    public ToolException(string message, Exception? inner = null) : base(message, inner!)
    {
    }

    /// <summary>The command line as one would type it; empty where the program was not found.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Null where the program did not start or was killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last lines of standard error, or of standard output where that stayed empty; oldest first.</summary>
    public IReadOnlyList<string> LastLines { get; init; } = [];

    public string? LogPath { get; init; }
}
