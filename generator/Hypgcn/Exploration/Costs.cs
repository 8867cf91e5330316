using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>The three resources that a budget limits, as numbers 0 to 2: DSP, halves of block RAM, LUTs.</summary>
internal static class Costs
{
    public const int Count = 3;

    public static readonly string[] Names = ["dsp", "bram", "lut"];

    /// <summary>One of them.</summary>
    public static double Of(in Resources cost, int resource) => resource switch
    {
        0 => cost.Dsp,
        1 => cost.Bram18,
        _ => cost.Lut,
    };

    /// <summary>Whether none is more.</summary>
    public static bool IsAtMost(in Resources left, in Resources right) =>
        left.Dsp <= right.Dsp && left.Bram18 <= right.Bram18 && left.Lut <= right.Lut;

    /// <summary>Sum with weights.</summary>
    public static double Weigh(in Resources cost, ReadOnlySpan<double> weights) =>
        (weights[0] * cost.Dsp) + (weights[1] * cost.Bram18) + (weights[2] * cost.Lut);

    /// <summary>The smallest of each.</summary>
    public static Resources Least(IEnumerable<Resources> costs)
    {
        var least = new Resources(double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue);
        foreach (var cost in costs)
        {
            least = new Resources(
                Math.Min(least.Dsp, cost.Dsp), Math.Min(least.Bram18, cost.Bram18), Math.Min(least.Lut, cost.Lut),
                Math.Min(least.Ff, cost.Ff), Math.Min(least.LutRam, cost.LutRam));
        }
        return least;
    }
}
