namespace Hypgcn.Pruning;

/// <summary>Weights of convolutions, without biases.</summary>
/// <param name="Dense">All of them.</param>
/// <param name="Kept">Those in kept input channels, filters and taps.</param>
/// <param name="IrregularZeros">Zeros among the kept ones: no unit skips them.</param>
public readonly record struct WeightCount(long Dense, long Kept, long IrregularZeros)
{
    public static WeightCount operator +(WeightCount a, WeightCount b) =>
        new(a.Dense + b.Dense, a.Kept + b.Kept, a.IrregularZeros + b.IrregularZeros);
}
