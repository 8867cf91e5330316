using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>A part of a design whose choice is independent of all other parts, once the interval is given.</summary>
internal interface IDesignPart
{
    /// <summary>Intervals that a choice of the part can have begin here.</summary>
    long FastestCycles { get; }

    /// <summary>Every choice is within this interval.</summary>
    long SlowestCycles { get; }

    /// <summary>The choices that meet an interval and that no other of these beats; empty if there is none.</summary>
    PartChoice[] At(long interval);

    /// <summary>The same, with those that cost more and are only better where units wait for each other.</summary>
    PartChoice[] Forms(long interval) => At(interval);

    /// <summary>What was chosen for its units, and what else could have been.</summary>
    /// <param name="parameters">Of a design that choices made.</param>
    /// <param name="weights">What counts as cheap.</param>
    IEnumerable<TunedUnit> Units(HardwareParameters parameters, double[] weights);
}
