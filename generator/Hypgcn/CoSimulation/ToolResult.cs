namespace Hypgcn.CoSimulation;

/// <summary>A run that ended with exit code 0.</summary>
/// <param name="RunTime">Wall time.</param>
/// <param name="LogPath">File with everything that was printed.</param>
/// <param name="LastLines">The last printed lines of both streams, oldest first.</param>
public sealed record ToolResult(TimeSpan RunTime, string LogPath, IReadOnlyList<string> LastLines);
