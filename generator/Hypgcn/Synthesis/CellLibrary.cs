using Hypgcn.Hardware;

namespace Hypgcn.Synthesis;

/// <summary>What the cells of the mapped netlists cost, and which of their pins are joined by logic.</summary>
/// <remarks>
/// A LUT is a level. A carry chain is one level from where it is entered, however long: inside it the way is free. Wide
/// multiplexers (MUXF7, MUXF8) are part of the slice and free. Paths end at flip-flops, DSP blocks and block RAMs; reading
/// a LUT-RAM is a level, writing it an end.
/// </remarks>
internal static class CellLibrary
{
    private static readonly Dictionary<string, Resources> Costs = new(StringComparer.Ordinal)
    {
        ["DSP48E1"] = new(1, 0, 0, 0, 0),
        ["RAMB18E1"] = new(0, 1, 0, 0, 0),
        ["RAMB36E1"] = new(0, 2, 0, 0, 0),
        ["RAM32M"] = Memory(4),
        ["RAM64M"] = Memory(4),
        ["RAM32X1D"] = Memory(2),
        ["RAM64X1D"] = Memory(2),
        ["RAM128X1D"] = Memory(4),
        ["RAM32X1S"] = Memory(1),
        ["RAM64X1S"] = Memory(1),
        ["RAM128X1S"] = Memory(2),
        ["RAM256X1S"] = Memory(4),
        ["SRL16E"] = Memory(1),
        ["SRLC32E"] = Memory(1),
        ["INV"] = new(0, 0, 1, 0, 0),
        ["LUT6_2"] = new(0, 0, 1, 0, 0),
        ["CARRY4"] = default,
        ["MUXF7"] = default,
        ["MUXF8"] = default,
    };

    /// <summary>Cost of a cell, or null for a type that is no cell of the device.</summary>
    internal static Resources? Cost(string type) =>
        Costs.TryGetValue(type, out var cost) ? cost
        : IsLut(type) ? new(0, 0, 1, 0, 0)
        : type.StartsWith("FD", StringComparison.Ordinal) ? new(0, 0, 0, 1, 0)
        : null;

    /// <summary>Levels from an input pin to an output pin, or null if no logic joins them.</summary>
    /// <param name="type">Cell type.</param>
    /// <param name="input">Input pin.</param>
    /// <param name="inputBit">Bit of the pin.</param>
    /// <param name="output">Output pin.</param>
    /// <param name="outputBit">Bit of the pin.</param>
    /// <param name="driverIsCarry">Whether a carry chain drives the input.</param>
    internal static int? Levels(string type, string input, int inputBit, string output, int outputBit, bool driverIsCarry) => type switch
    {
        "INV" => 1,
        "MUXF7" or "MUXF8" => 0,
        "CARRY4" => inputBit > outputBit ? null : input == "CI" && driverIsCarry ? 0 : 1,
        "SRL16E" or "SRLC32E" => input.StartsWith('A') ? 1 : null,
        _ when IsLut(type) => 1,
        _ when type.StartsWith("RAM", StringComparison.Ordinal) && !type.StartsWith("RAMB", StringComparison.Ordinal) => Read(input, output) ? 1 : null,
        _ => null,
    };

    private static bool IsLut(string type) => type.StartsWith("LUT", StringComparison.Ordinal);

    // ADDRx reads DOx; DPRA reads DPO; A reads SPO or O.
    private static bool Read(string input, string output) =>
        input.StartsWith("ADDR", StringComparison.Ordinal) ? output[^1] == input[^1]
        : input.StartsWith("DPRA", StringComparison.Ordinal) ? output == "DPO"
        : input[0] == 'A' && output is "SPO" or "O";

    private static Resources Memory(int luts) => new(0, 0, luts, 0, luts);
}
