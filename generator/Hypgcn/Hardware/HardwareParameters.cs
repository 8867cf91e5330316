namespace Hypgcn.Hardware;

/// <summary>All free hardware parameters of an accelerator.</summary>
public sealed record HardwareParameters
{
    /// <summary>One entry per block.</summary>
    public required IReadOnlyList<BlockParameters> Blocks { get; init; }

    /// <summary>Channels pooled per cycle: 1, 2, 4 or 8.</summary>
    public int PoolWidth { get; init; } = 4;

    /// <summary>Classes computed side by side, 1 or more.</summary>
    public int ClassifierLanes { get; init; } = 1;

    /// <summary>Whether every stage counts its busy and blocked cycles.</summary>
    public bool Counters { get; init; } = true;

    /// <summary>Values in a beat of the shell's input stream: 1, 2, 4, 8, 16 or 32.</summary>
    public int BeatValues { get; init; } = 1;

    /// <summary>The same FIFOs and ports with one lane in every engine.</summary>
    internal HardwareParameters OneLane => this with { PoolWidth = 1, ClassifierLanes = 1, Blocks = [.. Blocks.Select(block => block.OneLane)] };
}
