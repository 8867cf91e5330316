using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>A design that was chosen, with all that is known of it.</summary>
public sealed record TunedDesign
{
    /// <summary>The design.</summary>
    public required AcceleratorDesign Design { get; init; }

    /// <summary>What it takes by the resource model.</summary>
    public required Resources Cost { get; init; }

    /// <summary>Cycles of the slowest unit for a clip, the mean of the clips: what the search minimises.</summary>
    public required long BoundCycles { get; init; }

    /// <summary>No design within the limits has a slowest unit that takes less; at most <see cref="BoundCycles"/> where none was asked to be faster.</summary>
    public required long ProvenCycles { get; init; }

    /// <summary>Cycles per clip by the cycle model: the mean of all clips, sent over and over again in their order.</summary>
    public required long IntervalCycles { get; init; }

    /// <summary>Cycles between the results of the last two clips when each is sent once, as <c>hypgcn cosim --jobs 1</c> prints of the same clips; of a single clip the same as <see cref="IntervalCycles"/>.</summary>
    public required long LastIntervalCycles { get; init; }

    /// <summary>The stage that is busy longest, and its cycles per clip.</summary>
    public required (string Stage, long Cycles) Slowest { get; init; }

    /// <summary>Resources that keep the interval from being shorter: <c>dsp</c>, <c>bram</c>, <c>lut</c>; none where no unit could be faster.</summary>
    public required IReadOnlyList<string> Binding { get; init; }

    /// <summary>Every unit with what else could have been chosen.</summary>
    public required IReadOnlyList<TunedUnit> Units { get; init; }

    /// <summary>What else there is: <see cref="Tuner.Front"/>.</summary>
    public required IReadOnlyList<FrontPoint> Front { get; init; }
}
