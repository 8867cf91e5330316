namespace Hypgcn.CoSimulation;

/// <summary>A waveform file and its cycles.</summary>
/// <param name="Path">The file; <c>.fst</c> gives FST, anything else VCD.</param>
/// <param name="FromCycle">First cycle.</param>
/// <param name="ToCycle">Last cycle; -1 is the end of the run.</param>
public sealed record TraceWindow(string Path, long FromCycle = 0, long ToCycle = -1)
{
    /// <summary>What the file's ending asks for.</summary>
    public TraceFormat Format =>
        Path.EndsWith(".fst", StringComparison.OrdinalIgnoreCase) ? TraceFormat.Fst : TraceFormat.Vcd;
}
