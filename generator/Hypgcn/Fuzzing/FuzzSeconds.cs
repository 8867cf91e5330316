namespace Hypgcn.Fuzzing;

/// <summary>Wall time, in seconds, of the parts of the work on designs.</summary>
/// <param name="Generate">Drawing, quantising and writing the design.</param>
/// <param name="Lint">Linting the accelerator.</param>
/// <param name="Build">Verilating with lint of the simulation's top, and compiling.</param>
/// <param name="Run">Golden model, cycle model, simulation, comparison.</param>
public readonly record struct FuzzSeconds(double Generate, double Lint, double Build, double Run)
{
    /// <summary>Of several designs.</summary>
    public static FuzzSeconds operator +(FuzzSeconds a, FuzzSeconds b) =>
        new(a.Generate + b.Generate, a.Lint + b.Lint, a.Build + b.Build, a.Run + b.Run);
}
