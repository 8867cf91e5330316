namespace Hypgcn.Estimation;

/// <summary>What a module costs without its children, as expressions over its parameters.</summary>
/// <param name="Dsp">DSP blocks, exact.</param>
/// <param name="Bram18">Halves of block RAM, exact.</param>
/// <param name="LutRam">LUTs used as memory.</param>
/// <param name="Lut">The other LUTs.</param>
/// <param name="Ff">Flip-flops.</param>
public sealed record ModuleCoefficients(
    string Dsp, string Bram18, string LutRam, IReadOnlyList<ResourceTerm> Lut, IReadOnlyList<ResourceTerm> Ff);
