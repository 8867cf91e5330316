namespace Hypgcn.Reference;

/// <summary>How often a network is right.</summary>
public static class Accuracy
{
    /// <summary>Share of clips whose greatest logit is the label's, 0 to 1; of equal logits the first counts, as in the hardware.</summary>
    /// <param name="logits">[clip][class]; a clip without logits is not right.</param>
    /// <param name="labels">Class of each clip.</param>
    /// <exception cref="ArgumentException">No clips, or not one label per clip.</exception>
    public static double Top1<T>(IReadOnlyList<T[]> logits, IReadOnlyList<int> labels) where T : IComparable<T>
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        if (logits.Count == 0 || logits.Count != labels.Count)
        {
            throw new ArgumentException($"{labels.Count} labels for {logits.Count} clips.", nameof(labels));
        }
        return (double)logits.Zip(labels).Count(pair => pair.First.Length > 0 && Best(pair.First) == pair.Second) / logits.Count;
    }

    /// <summary>Index of the greatest logit, the first of equal ones.</summary>
    public static int Best<T>(ReadOnlySpan<T> logits) where T : IComparable<T>
    {
        var best = 0;
        for (var n = 1; n < logits.Length; n++)
        {
            if (logits[n].CompareTo(logits[best]) > 0)
            {
                best = n;
            }
        }
        return best;
    }

    private static int Best<T>(T[] logits) where T : IComparable<T> => Best((ReadOnlySpan<T>)logits);
}
