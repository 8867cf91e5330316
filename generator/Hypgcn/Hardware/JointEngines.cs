namespace Hypgcn.Hardware;

/// <summary>
/// Which engine takes each joint, from 0. Of every n joints that follow each other, n the number of engines, each engine takes one; the last
/// joints, where there are fewer than n, go to the first engines. So the engines have work in every part of a frame.
/// </summary>
public sealed class JointEngines : IEquatable<JointEngines>
{
    private readonly int[] _engines;

    /// <summary>Engines of the joints, from 0.</summary>
    // Files of cases name it as the property; there null is none.
    public JointEngines(IReadOnlyList<int>? engines) => _engines = [.. engines ?? []];

    /// <summary>Of each joint.</summary>
    public IReadOnlyList<int> Engines => _engines;

    /// <summary>Engine of a joint.</summary>
    public int this[int joint] => _engines[joint];

    /// <summary>
    /// Joints to engines by their work: one run of joints after another, those first in which joints differ most, its joint with
    /// the most work to the engine with the least so far.
    /// </summary>
    /// <param name="work">Of each joint.</param>
    /// <param name="engines">Number of engines, 1 to the number of joints.</param>
    public static JointEngines Balanced(ReadOnlySpan<long> work, int engines)
    {
        var loads = new long[engines];
        var result = new int[work.Length];
        var all = work.ToArray();
        // The last run may be short, and decides which engines have a joint more.
        var runs = Enumerable.Range(0, work.Length).Chunk(engines)
            .OrderBy(run => run.Length).ThenByDescending(run => run.Max(joint => all[joint]) - run.Min(joint => all[joint]));
        foreach (var run in runs)
        {
            int[] free = [.. Enumerable.Range(0, run.Length).OrderBy(engine => loads[engine])];
            foreach (var (joint, engine) in run.OrderByDescending(joint => all[joint]).Zip(free))
            {
                result[joint] = engine;
                loads[engine] += all[joint];
            }
        }
        return new JointEngines(result);
    }

    /// <summary>Whether every run of joints has each of its engines once.</summary>
    public bool Fits(int joints, int engines) =>
        _engines.Length == joints && _engines.Chunk(Math.Max(1, engines)).All(run => run.Order().SequenceEqual(Enumerable.Range(0, run.Length)));

    /// <inheritdoc/>
    public bool Equals(JointEngines? other) => other is not null && _engines.AsSpan().SequenceEqual(other._engines);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JointEngines);

    /// <inheritdoc/>
    public override int GetHashCode() => _engines.Aggregate(_engines.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', _engines);
}
