using Hypgcn.Cycles;
using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.CoSimulation;

/// <summary>One run: clips from reset on, and what must come out. Many clips are split into jobs, each with its own prediction.</summary>
public sealed record CoSimulationJob
{
    /// <summary>Per clip the integers of the input stream, [person, frame, joint, channel].</summary>
    public required IReadOnlyList<short[]> Clips { get; init; }

    /// <summary>Per clip what the golden model says.</summary>
    public required IReadOnlyList<ClipTrace> Traces { get; init; }

    /// <summary>What the cycle model says of exactly these clips and this pattern.</summary>
    public required CyclePrediction Prediction { get; init; }

    /// <summary>What the engines must multiply for these clips; empty where it is not asked for.</summary>
    public IReadOnlyList<EngineWork> Work { get; init; } = [];

    /// <summary>When the ports stall.</summary>
    public PortPattern Pattern { get; init; } = new();

    /// <summary>Per clip its class, or null.</summary>
    public IReadOnlyList<int>? Labels { get; init; }

    /// <summary>Index of the first clip in the file of the user; mismatches count from there.</summary>
    public int FirstClip { get; init; }
}
