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
        "$bram18" => Memory(values[0], values[1]).Shape.Halves,
        "$segments" => Memory(values[0], values[1]).Shape.Segments,
        "$lutram" => LutRam(values[0], values[1]).Luts,
        "$lutram_segments" => LutRam(values[0], values[1]).Segments,
        "$mux" => Mux(values[0]),
        "$columns" => RomContents.FromValue(values[0]).Columns,
        "$tables" => RomContents.FromValue(values[0]).Tables,
        IsKnown => values[0] == VerilogExpression.Unknown ? 0 : 1,
        "$signed" or "$unsigned" => values[0],
        _ => throw new FormatException($"{name}: there is no such function"),
    };

    internal static long Clog2(long value) => value <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(value - 1));

    // A simple dual port memory of RAM32M (32 words of 6 bits) or RAM64M (64 words of 3 bits), four LUTs each, all of one kind: the one that costs
    // Yosys less (memory_libmap): 8 for a cell, 1 and 7 for its share of the bits for one that is not full, and half a unit for each bit of the
    // multiplexer and for each segment's write enable. Six times that, to stay whole.
    private static (long Luts, long Segments) LutRam(long width, long depth)
    {
        (long Cost, long Luts, long Segments) Of(long words, long bits)
        {
            var (segments, rest) = (Ceil(depth, words), width % bits);
            var cells = (48 * (width / bits)) + (rest == 0 ? 0 : 6 + (42 / bits * rest));
            var selection = segments > 1 ? 3 * (((segments - 1) * width) + segments) : 0;
            return ((segments * cells) + selection, 4 * segments * Ceil(width, bits), segments);
        }
        var (shallow, deep) = (Of(32, 6), Of(64, 3));
        return shallow.Cost < deep.Cost ? (shallow.Luts, shallow.Segments) : (deep.Luts, deep.Segments);
    }

    /// <summary>LUTs for a bit of a multiplexer: four inputs a LUT6, and MUXF7 and MUXF8 join four of them.</summary>
    private static long Mux(long inputs) => inputs <= 1 ? 0 : Ceil(inputs, 4) + (inputs > 16 ? Mux(Ceil(inputs, 16)) : 0);

    private static DesignMemory Memory(long width, long depth) => new("", checked((int)width), checked((int)depth), false, true);

    private static long Ceil(long value, long by) => by <= 0 ? VerilogExpression.Unknown : (value + by - 1) / by;
}
