namespace Hypgcn.CoSimulation;

/// <summary>What a simulation is built for. The results are the same.</summary>
public enum SimulationEffort
{
    /// <summary>Many cycles: the compiler optimises for this machine.</summary>
    Fast,

    /// <summary>Few cycles of a small design: the compiler does not optimise, and takes a small part of the time.</summary>
    Quick,
}
