using System.Globalization;

namespace Hypgcn.Pruning;

/// <summary>Finds the pattern in kept taps.</summary>
internal static class TapPatternRecognition
{
    private const int LongestLoop = 64;

    /// <summary>The name of the first built-in pattern that explains all filters, else the shortest loop that does.</summary>
    /// <param name="taps">Kept taps of each kept filter, ascending.</param>
    /// <param name="kernel">Taps of a dense filter.</param>
    public static string Name(IReadOnlyList<IReadOnlyList<int>> taps, int kernel)
    {
        if (taps.All(set => set.Count == kernel))
        {
            return TapPattern.AllTaps;
        }
        foreach (var name in TapPattern.Names)
        {
            var pattern = TapPattern.Named(name)!;
            if (pattern.Kernel == kernel && IsLoop(taps, n => pattern.Taps(n, kernel)))
            {
                return name;
            }
        }
        // A loop that is not seen twice explains nothing.
        var loop = Enumerable.Range(1, Math.Min(LongestLoop, taps.Count / 2)).FirstOrDefault(length => IsLoop(taps, n => taps[n % length]));
        return loop == 0 ? "irregular" : string.Create(CultureInfo.InvariantCulture, $"loop of {loop}");
    }

    private static bool IsLoop(IReadOnlyList<IReadOnlyList<int>> taps, Func<int, IReadOnlyList<int>> set) =>
        Enumerable.Range(0, taps.Count).All(n => taps[n].SequenceEqual(set(n)));
}
