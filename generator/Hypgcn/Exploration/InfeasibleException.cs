namespace Hypgcn.Exploration;

/// <summary>No design keeps the limits or meets the target.</summary>
public sealed class InfeasibleException(string message) : HypgcnException(message);
