namespace Hypgcn.Hardware;

/// <summary>What a module takes on the device.</summary>
/// <param name="Dsp">DSP48E2 blocks.</param>
/// <param name="Bram18">18 Kb halves of block RAM.</param>
/// <param name="Lut">LUT6, those used as memory or shift register included.</param>
/// <param name="Ff">Flip-flops outside DSP and block RAM.</param>
/// <param name="LutRam">LUTs used as memory or shift register.</param>
public readonly record struct Resources(double Dsp, double Bram18, double Lut, double Ff, double LutRam)
{
    /// <summary>Block RAMs of 36 Kb.</summary>
    public double Bram36 => Bram18 / 2;

    /// <summary>Both together.</summary>
    public static Resources operator +(Resources left, Resources right) =>
        new(left.Dsp + right.Dsp, left.Bram18 + right.Bram18, left.Lut + right.Lut, left.Ff + right.Ff, left.LutRam + right.LutRam);

    /// <summary>So many of them.</summary>
    public static Resources operator *(int count, Resources each) =>
        new(count * each.Dsp, count * each.Bram18, count * each.Lut, count * each.Ff, count * each.LutRam);
}
