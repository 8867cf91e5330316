namespace Hypgcn.Exploration;

/// <summary>No design keeps the limits, or none that does meets the target. The message says by how much, and what could be asked for.</summary>
public sealed class InfeasibleException(string message) : HypgcnException(message);
