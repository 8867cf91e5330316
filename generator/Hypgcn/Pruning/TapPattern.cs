using System.Globalization;

namespace Hypgcn.Pruning;

/// <summary>
/// Which taps of a temporal filter are kept, repeating over groups of filters: the n-th filter that the coarse step left keeps
/// set n mod <see cref="Sets"/>.Count. Filters are counted after the coarse step, so that dropping some does not upset the balance.
/// </summary>
public sealed record TapPattern
{
    /// <summary>Name of the pattern that keeps every tap.</summary>
    public const string AllTaps = "all";

    // Windows of a permutation use each tap equally often, up to 1, however many windows are taken; with these three orders
    // a window of the tap counts given is as even in time as 9 taps allow, like sampling at a lower rate with a shifting phase.
    private static readonly int[] ByTwo = [0, 2, 4, 6, 8, 1, 3, 5, 7];
    private static readonly int[] ByThree = [0, 3, 6, 1, 4, 7, 2, 5, 8];
    private static readonly int[] ByFour = [0, 4, 8, 3, 7, 2, 6, 1, 5];

    private static readonly Dictionary<string, TapPattern> BuiltIn = Create().ToDictionary(pattern => pattern.Name, StringComparer.Ordinal);

    private TapPattern(string name, int? kernel, IReadOnlyList<IReadOnlyList<int>> sets) => (Name, Kernel, Sets) = (name, kernel, sets);

    /// <summary>Keeps every tap of every filter.</summary>
    public static TapPattern All { get; } = new(AllTaps, null, []);

    /// <summary>Names of the balanced patterns: 2 to 7 of 9 taps over loops of 4, 8 and 16 filters.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. BuiltIn.Keys];

    /// <summary>One of <see cref="Names"/>, "all", or "own" for one given as sets.</summary>
    public string Name { get; }

    /// <summary>Taps of the filters it is made for; null fits any.</summary>
    public int? Kernel { get; }

    /// <summary>Kept taps, ascending, per filter of the loop; empty where all are kept.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Sets { get; }

    /// <summary>The pattern of a name, or null.</summary>
    public static TapPattern? Named(string name) => name == AllTaps ? All : BuiltIn.GetValueOrDefault(name);

    /// <summary>A pattern of one's own.</summary>
    /// <param name="sets">Kept taps, from 0, of each filter of the loop; none empty, none with a tap twice.</param>
    public static TapPattern Own(IReadOnlyList<IReadOnlyList<int>> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        if (sets.Count == 0 || sets.Any(set => set.Count == 0 || set.Distinct().Count() != set.Count || set.Min() < 0))
        {
            throw new ArgumentException("Sets hold one tap or more, each once.", nameof(sets));
        }
        return new TapPattern("own", null, [.. sets.Select(set => set.Order().ToArray())]);
    }

    /// <summary>Kept taps of the n-th kept filter, ascending.</summary>
    /// <param name="filter">n, from 0.</param>
    /// <param name="kernel">Taps of the filter.</param>
    public IReadOnlyList<int> Taps(int filter, int kernel) =>
        Sets.Count == 0 ? [.. Enumerable.Range(0, kernel)] : Sets[filter % Sets.Count];

    private static IEnumerable<TapPattern> Create() =>
        from taps in Enumerable.Range(2, 6)
        from loop in new[] { 4, 8, 16 }
        let order = taps is 2 or 7 ? ByFour : taps is 3 or 6 ? ByThree : ByTwo
        select new TapPattern(
            string.Create(CultureInfo.InvariantCulture, $"{taps}of{order.Length}-loop{loop}"),
            order.Length,
            [.. Enumerable.Range(0, loop).Select(n => Window(order, n * taps, taps))]);

    private static int[] Window(int[] order, int start, int length) =>
        [.. Enumerable.Range(start, length).Select(n => order[n % order.Length]).Order()];
}
