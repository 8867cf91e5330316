namespace Hypgcn.Hardware;

/// <summary>
/// When the two ports of a design stall. A pure function of seed, port and cycle, the same here and in the C++ harness
/// (cosim/port_pattern.h), so that the pattern is part of the input of both simulation and cycle model.
/// </summary>
/// <param name="Seed">0: free running. Anything else: pseudo-random stalls in bursts of eight cycles.</param>
/// <param name="GapCycles">Cycles without an offer after the last value of a clip.</param>
public sealed record PortPattern(ulong Seed = 0, int GapCycles = 0)
{
    /// <summary>The input side.</summary>
    public const int InputPort = 0;

    /// <summary>The output side.</summary>
    public const int OutputPort = 1;

    /// <summary>Whether a port stalls in a cycle.</summary>
    public bool Stalls(int port, long cycle)
    {
        if (Seed == 0)
        {
            return false;
        }
        unchecked
        {
            var h = Mix(Seed + ((ulong)(port + 1) * 0x9E3779B97F4A7C15UL) + ((ulong)(cycle >> 3) * 0xBF58476D1CE4E5B9UL));
            return (h & 7) switch
            {
                0 => true,
                1 or 2 or 3 => false,
                _ => ((h >> (8 + (int)(cycle & 7))) & 1) != 0,
            };
        }
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
