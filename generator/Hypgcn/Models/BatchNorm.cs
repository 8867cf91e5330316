namespace Hypgcn.Models;

/// <summary>Batch normalisation at inference: y = gamma * (x - mean) / sqrt(variance + epsilon) + beta.</summary>
public sealed record BatchNorm(double[] Gamma, double[] Beta, double[] Mean, double[] Variance)
{
    /// <summary>PyTorch's default.</summary>
    public double Epsilon { get; init; } = 1e-5;
}
