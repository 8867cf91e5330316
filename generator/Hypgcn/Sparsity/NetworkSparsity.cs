using System.ComponentModel;
using Hypgcn.Reference;

namespace Hypgcn.Sparsity;

/// <summary>Zeros that calibration clips leave in the integers of a network, as its RFC FIFOs see them.</summary>
public sealed record NetworkSparsity
{
    [Description("Clips that were measured.")]
    public required int Clips { get; init; }

    [Description("One entry per block.")]
    public required IReadOnlyList<BlockSparsity> Blocks { get; init; }

    /// <summary>What is wrong with values that a user can have edited.</summary>
    internal IEnumerable<string> Problems() => Blocks.Any(block => block is null)
        ? Blocks.Select((block, n) => (block, n)).Where(entry => entry.block is null).Select(
            entry => $"blocks[{entry.n}]: it is null; an entry is an object. Run hypgcn quantize again.")
        : from block in Blocks.Select((value, n) => (value, n))
        from reader in Enum.GetValues<RfcReader>()
        let problem = block.value[reader]?.Problem()
        where problem is not null
        select $"blocks[{block.n}].{reader.ToString().ToLowerInvariant()}: {problem}. Run hypgcn quantize again.";
}
