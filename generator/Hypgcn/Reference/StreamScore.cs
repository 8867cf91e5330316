namespace Hypgcn.Reference;

/// <summary>The score of two networks that see the same clips, as 2s-AGCN's ensemble adds it up: the sum of their logits.</summary>
public static class StreamScore
{
    /// <summary>The real numbers that integer logits stand for, [clip][class].</summary>
    /// <param name="logits">[clip][class], at 2^-<paramref name="fractionBits"/>.</param>
    /// <param name="fractionBits">Those of the network's classifier.</param>
    public static double[][] Real(IReadOnlyList<long[]> logits, int fractionBits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return [.. logits.Select(clip => Array.ConvertAll(clip, logit => Math.ScaleB(logit, -fractionBits)))];
    }

    /// <summary>Sums, [clip][class]; empty for a clip that either network has no logits of.</summary>
    /// <param name="first">[clip][class].</param>
    /// <param name="second">The same of the other network: as many clips and classes.</param>
    /// <exception cref="ArgumentException">They are of different shapes.</exception>
    public static double[][] Sum(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Count == second.Count
            ? [.. first.Zip(second, Sum)]
            : throw new ArgumentException($"{second.Count} clips; the other stream has {first.Count}.", nameof(second));
    }

    private static double[] Sum(double[] first, double[] second)
    {
        if (first.Length == 0 || second.Length == 0)
        {
            return [];
        }
        return first.Length == second.Length
            ? [.. first.Zip(second, (a, b) => a + b)]
            : throw new ArgumentException($"{second.Length} classes; the other stream has {first.Length}.", nameof(second));
    }
}
