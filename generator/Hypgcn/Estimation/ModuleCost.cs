using Hypgcn.Hardware;

namespace Hypgcn.Estimation;

/// <summary>A module's coefficients with its expressions compiled.</summary>
internal sealed class ModuleCost
{
    private readonly VerilogConstant _dsp;
    private readonly VerilogConstant _bram18;
    private readonly VerilogConstant _lutRam;
    private readonly (VerilogConstant Term, double Coefficient)[] _lut;
    private readonly (VerilogConstant Term, double Coefficient)[] _ff;

    internal ModuleCost(RtlModule module, ModuleCoefficients coefficients)
    {
        (_dsp, _bram18, _lutRam) = (module.Compile(coefficients.Dsp), module.Compile(coefficients.Bram18), module.Compile(coefficients.LutRam));
        _lut = Terms(module, coefficients.Lut);
        _ff = Terms(module, coefficients.Ff);
    }

    /// <summary>The cost with some values of parameters and constants.</summary>
    internal Resources Of(long[] slots)
    {
        var lutRam = Exact(_lutRam(slots));
        return new Resources(Exact(_dsp(slots)), Exact(_bram18(slots)), lutRam + Sum(_lut, slots), Sum(_ff, slots), lutRam);
    }

    /// <summary>A value, or 0 where the parameters do not give one.</summary>
    internal static double Exact(long value) => value == VerilogExpression.Unknown ? 0 : value;

    private static double Sum((VerilogConstant Term, double Coefficient)[] terms, long[] slots)
    {
        var sum = 0.0;
        foreach (var (term, coefficient) in terms)
        {
            sum += coefficient * Exact(term(slots));
        }
        return Math.Max(0, sum);
    }

    private static (VerilogConstant Term, double Coefficient)[] Terms(RtlModule module, IReadOnlyList<ResourceTerm> terms) =>
        [.. terms.Select(term => (module.Compile(term.Term), term.Coefficient))];
}
