namespace Hypgcn.Hardware;

/// <summary>Where one stage spent its cycles.</summary>
/// <param name="Name">Stage name, e.g. <c>block3.temporal</c>.</param>
/// <param name="Busy">Cycles with work.</param>
/// <param name="Blocked">Cycles with work that could not go on (no room behind).</param>
/// <param name="Total">All cycles of the run.</param>
public sealed record StageCycles(string Name, long Busy, long Blocked, long Total)
{
    /// <summary>Cycles without work to do.</summary>
    public long Starved => Total - Busy - Blocked;
}
