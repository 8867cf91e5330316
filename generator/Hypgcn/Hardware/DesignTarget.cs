namespace Hypgcn.Hardware;

/// <summary>What a design is meant for; only scripts, constraints and the test bench's clock depend on it.</summary>
/// <param name="ClockMhz">Clock, 1 to 1000.</param>
/// <param name="Part">The device as Vivado names it.</param>
public sealed record DesignTarget(int ClockMhz = 172, string Part = DesignTarget.DefaultPart)
{
    /// <summary>A Kintex UltraScale KU115.</summary>
    public const string DefaultPart = "xcku115-flvb2104-2-e";
}
