using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>A design that was chosen, with all that is known of it.</summary>
public sealed record TunedDesign
{
    /// <summary>The design.</summary>
    public required AcceleratorDesign Design { get; init; }

    /// <summary>What it takes by the resource model.</summary>
    public required Resources Cost { get; init; }

    /// <summary>Cycles of the slowest unit for a clip: the interval is no shorter.</summary>
    public required long BoundCycles { get; init; }

    /// <summary>No design within the limits has a slowest unit that takes less.</summary>
    public required long ProvenCycles { get; init; }

    /// <summary>Mean cycles between the results of the clips by the cycle model.</summary>
    public required long IntervalCycles { get; init; }

    /// <summary>Cycles between the results of the last two clips, as <c>hypgcn cosim</c> prints.</summary>
    public required long LastIntervalCycles { get; init; }
}
