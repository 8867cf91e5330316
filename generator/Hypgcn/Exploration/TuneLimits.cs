using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>What a design may take; null is no limit.</summary>
/// <param name="Dsp">DSP blocks.</param>
/// <param name="Bram36">Block RAMs of 36 Kb; halves count.</param>
/// <param name="Lut">LUTs.</param>
public sealed record TuneLimits(double? Dsp = null, double? Bram36 = null, double? Lut = null)
{
    /// <summary>In the order and units of costs; infinite where there is none.</summary>
    internal double[] ToArray() => [Dsp ?? double.PositiveInfinity, 2 * Bram36 ?? double.PositiveInfinity, Lut ?? double.PositiveInfinity];

    /// <summary>Limits that are a share lower, whole.</summary>
    internal TuneLimits Less(double share)
    {
        double? Lower(double? limit) => limit is { } known ? Math.Floor((1 - share) * known) : null;
        return new TuneLimits(Lower(Dsp), Lower(Bram36), Lower(Lut));
    }

    /// <summary>Whether a design keeps them.</summary>
    internal bool Allow(Resources cost)
    {
        var limits = ToArray();
        return cost.Dsp <= limits[0] && cost.Bram18 <= limits[1] && cost.Lut <= limits[2];
    }
}
