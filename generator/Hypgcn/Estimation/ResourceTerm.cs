namespace Hypgcn.Estimation;

/// <summary>One part of a module's cost.</summary>
/// <param name="Term">Verilog expression over the module's parameters and constants.</param>
/// <param name="Coefficient">What one unit of it costs; fitted.</param>
public sealed record ResourceTerm(string Term, double Coefficient);
