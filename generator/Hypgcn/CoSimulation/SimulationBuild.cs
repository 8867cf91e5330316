namespace Hypgcn.CoSimulation;

/// <summary>A simulation that is ready to run.</summary>
/// <param name="Executable">Full path of the program.</param>
/// <param name="Seconds">Wall time of the build, or of finding it.</param>
/// <param name="IsCached">Whether it was built before.</param>
public sealed record SimulationBuild(string Executable, double Seconds, bool IsCached)
{
    /// <summary>What lint said of the simulation's top, where <see cref="VerilatorToolchain.LintsBuilds"/> asked for it; empty is clean.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
