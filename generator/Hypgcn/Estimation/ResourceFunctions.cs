using System.Numerics;
using Hypgcn.Hardware;

namespace Hypgcn.Estimation;

/// <summary>Functions that expressions may call: Verilog's <c>$clog2</c>, and what structures cost.</summary>
internal static class ResourceFunctions
{
    /// <summary>The function that may be asked about what has no value.</summary>
    internal const string IsKnown = "$known";

    /// <summary>Calls a function.</summary>
    /// <exception cref="FormatException">There is no such function.</exception>
    internal static long Evaluate(string name, ReadOnlySpan<long> values) => name switch
    {
        "$clog2" => Clog2(values[0]),
        "$min" => Math.Min(values[0], values[1]),
        "$max" => Math.Max(values[0], values[1]),
        "$ceil" => Ceil(values[0], values[1]),
        "$bram18" => Memory(values[0], values[1]).BlockRamHalves,
        "$segments" => Memory(values[0], values[1]).BlockRamSegments,
        "$lutram" => LutRam(values[0], values[1]),
        "$mux" => Mux(values[0]),
        "$columns" => RomContents.FromValue(values[0]).Columns,
        "$tables" => RomContents.FromValue(values[0]).Tables,
        IsKnown => values[0] == VerilogExpression.Unknown ? 0 : 1,
        "$signed" or "$unsigned" => values[0],
        _ => throw new FormatException($"{name}: there is no such function"),
    };

    internal static long Clog2(long value) => value <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(value - 1));

    /// <summary>LUTs of a simple dual port memory: four in each RAM32M of 32 words and 6 bits, or RAM64M of 64 words and 3 bits; all of one kind.</summary>
    private static long LutRam(long width, long depth) =>
        4 * Math.Min(Ceil(depth, 32) * Ceil(width, 6), Ceil(depth, 64) * Ceil(width, 3));

    /// <summary>LUTs for a bit of a multiplexer: four inputs a LUT6, and MUXF7 and MUXF8 join four of them.</summary>
    private static long Mux(long inputs) => inputs <= 1 ? 0 : Ceil(inputs, 4) + (inputs > 16 ? Mux(Ceil(inputs, 16)) : 0);

    private static DesignMemory Memory(long width, long depth) => new("", checked((int)width), checked((int)depth), false, true);

    private static long Ceil(long value, long by) => by <= 0 ? VerilogExpression.Unknown : (value + by - 1) / by;
}
