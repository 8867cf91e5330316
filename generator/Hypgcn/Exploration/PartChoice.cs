using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>One way to build a part of a design.</summary>
/// <param name="Cycles">Cycles of its slowest unit.</param>
/// <param name="Cost">What its units take together.</param>
/// <param name="Apply">Writes its parameters into those of a design.</param>
internal sealed record PartChoice(long Cycles, Resources Cost, Func<HardwareParameters, HardwareParameters> Apply)
{
    /// <summary>The same parameters with those of one block changed.</summary>
    public static HardwareParameters Change(HardwareParameters parameters, int block, Func<BlockParameters, BlockParameters> change) =>
        parameters with { Blocks = [.. parameters.Blocks.Select((own, b) => b == block ? change(own) : own)] };
}
