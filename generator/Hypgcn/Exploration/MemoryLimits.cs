using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>
/// Where memories may go: the limits of words below which those of a stage are made of LUTs (<see cref="BlockParameters.SpatialLutWords"/>,
/// <see cref="BlockParameters.TemporalLutWords"/>). A half of block RAM is worth the more LUTs the deeper the memory, so a limit of words is a
/// price of one in the other, and with the best price no memory on its own would be better off elsewhere.
/// </summary>
internal static class MemoryLimits
{
    /// <summary>Those that are tried, the usual one first.</summary>
    public static readonly int[] Words = [DesignMemory.UsualLutWords, 0, 128, DesignMemory.MostLutWords];

    /// <summary>The largest.</summary>
    public static readonly int Most = Words.Max();

    /// <summary>Place of a limit among those that are tried.</summary>
    public static int IndexOf(int words) => Array.IndexOf(Words, words);
}
