namespace Hypgcn.CoSimulation;

/// <summary>Whether a simulation can write waveforms.</summary>
public enum TraceFormat
{
    /// <summary>It cannot, and is fast.</summary>
    None,

    /// <summary>Value change dump, plain text.</summary>
    Vcd,

    /// <summary>GTKWave's compressed form; needs zlib.</summary>
    Fst,
}
