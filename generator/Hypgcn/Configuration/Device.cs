namespace Hypgcn.Configuration;

/// <summary>What a device has.</summary>
public sealed record Device
{
    /// <summary>Its name, as <c>--device</c> takes it.</summary>
    public required string Name { get; init; }

    /// <summary>As Vivado names it.</summary>
    public required string Part { get; init; }

    /// <summary>DSP blocks.</summary>
    public required int Dsp { get; init; }

    /// <summary>Block RAMs of 36 Kb.</summary>
    public required int Bram36 { get; init; }

    /// <summary>Ultra RAMs; designs use none.</summary>
    public int Uram { get; init; }

    /// <summary>LUTs.</summary>
    public required int Lut { get; init; }

    /// <summary>Those of the LUTs that can be memory or shift registers (SLICEM); 0 if it is not known.</summary>
    public int LutRam { get; init; }

    /// <summary>Flip-flops.</summary>
    public required int Ff { get; init; }

    /// <summary>Width of the wider operand of a DSP block's multiplier; below 27 it cannot make two 8-bit products.</summary>
    public int MultiplierBits { get; init; } = 27;

    /// <summary>Where the numbers are from.</summary>
    public required string Source { get; init; }
}
