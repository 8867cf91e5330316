namespace Hypgcn.Synthesis;

/// <summary>The longest combinational path between two points of a module.</summary>
/// <param name="From">Where it starts: empty for any register, a port, or <c>instance.port</c> of a child.</param>
/// <param name="To">Where it ends, likewise.</param>
/// <param name="Levels">LUTs and carry chains on it.</param>
/// <param name="Path">Named signals that it passes, first to last.</param>
public sealed record TimingArc(string From, string To, int Levels, IReadOnlyList<string> Path);
