namespace Hypgcn.Exploration;

/// <summary>Arithmetic of counted work of several clips.</summary>
internal static class Work
{
    /// <summary>Element by element.</summary>
    public static long[] Sum(IEnumerable<long[]> parts) => parts.Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)]);

    /// <summary>Mean of so many clips, rounded up.</summary>
    public static long Mean(long total, int clips) => (total + clips - 1) / clips;
}
