namespace Hypgcn.Pruning;

/// <summary>What decides which channels and filters stay.</summary>
public enum ImportanceKind
{
    /// <summary>Weights times the mean magnitude of the features they meet on calibration clips.</summary>
    Contribution,

    /// <summary>Magnitude of the weights alone.</summary>
    Weight,
}
