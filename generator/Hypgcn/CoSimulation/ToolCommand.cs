namespace Hypgcn.CoSimulation;

/// <summary>One run of an external program.</summary>
public sealed record ToolCommand
{
    /// <summary>What the run is for, as messages call it: <c>Verilator build</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A path, or a name that is looked up in PATH.</summary>
    public required string Executable { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Folder in which the program starts; must exist.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>After this time the program and all its children are killed.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>File that receives everything the program prints; its folder is created, an old file replaced.</summary>
    public required string LogPath { get; init; }

    /// <summary>Environment variables on top of the inherited ones; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Called with every printed line, from either stream, one at a time.</summary>
    public Action<string>? OnLine { get; init; }
}
