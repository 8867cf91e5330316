using System.ComponentModel;

namespace Hypgcn.Configuration;

/// <summary>How much hardware the accelerator gets.</summary>
public sealed record HardwareConfiguration
{
    [Description("Classes that the classifier computes side by side. Default 1.")]
    [Legal(1, 1024)]
    public int ClassifierLanes { get; init; } = 1;

    [Description("Channels per cycle that the pooling adds. Default 1.")]
    [Legal(1, 16, Values = [1, 2, 4, 8, 16])]
    public int PoolWidth { get; init; } = 1;

    [Description("What every block gets unless its own entry says otherwise.")]
    public BlockHardware Defaults { get; init; } = new();

    [Description("One entry per block, in order; blocks without an entry take the defaults.")]
    public IReadOnlyList<BlockHardware> Blocks { get; init; } = [];

    /// <summary>The hardware of each block, every property set.</summary>
    /// <exception cref="ConfigurationException">There are more entries than blocks.</exception>
    public IReadOnlyList<BlockHardware> Resolve(int blockCount)
    {
        if (Blocks.Count > blockCount)
        {
            throw new ConfigurationException(
                [$"hardware.blocks: {Blocks.Count} entries; the network has {blockCount} blocks. Remove the entries beyond."]);
        }
        var defaults = Defaults.Over(BlockHardware.Standard);
        return [.. Enumerable.Range(0, blockCount).Select(b => b < Blocks.Count ? Blocks[b].Over(defaults) : defaults)];
    }
}
