namespace Hypgcn.Hardware;

/// <summary>What the RFC FIFOs of a design store, beside the same FIFOs without compression and without loss.</summary>
/// <param name="Fifos">In the order of their dropped-word counters.</param>
/// <param name="UncompressedBram36">Block RAMs of 36 Kb without RFC.</param>
/// <param name="LosslessBram36">With mini-banks that never drop.</param>
/// <param name="Bram36">As built.</param>
public sealed record RfcStorage(IReadOnlyList<RfcFifoStorage> Fifos, double UncompressedBram36, double LosslessBram36, double Bram36)
{
    /// <summary>Bits without RFC.</summary>
    public long UncompressedBits => Fifos.Sum(fifo => fifo.UncompressedBits);

    /// <summary>Bits with mini-banks that never drop.</summary>
    public long LosslessBits => Fifos.Sum(fifo => fifo.LosslessBits);

    /// <summary>Bits as built.</summary>
    public long Bits => Fifos.Sum(fifo => fifo.Bits);

    /// <summary>Of a design.</summary>
    public static RfcStorage Of(AcceleratorDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var bits = design.Model.FeatureBits;
        var all = design.Blocks.SelectMany(block => block.Fifos.All.Select(entry => (Name: block.FifoName(entry.Reader), entry.Fifo, LutWords: block.Parameters.FifoLutWords(entry.Reader)))).ToList();
        double Rams(Func<RfcFifoDesign, int, IEnumerable<DesignMemory>> memories) =>
            all.Sum(entry => memories(entry.Fifo, entry.LutWords).Sum(memory => memory.BlockRamHalves)) / 2.0;
        return new RfcStorage(
            [.. all.Select(entry => new RfcFifoStorage(
                entry.Name, entry.Fifo.Depth, entry.Fifo.Window, entry.Fifo.Words.ToArray(),
                entry.Fifo.PlainBits(bits), entry.Fifo.With(null).StoredBits(bits), entry.Fifo.StoredBits(bits)))],
            Rams((fifo, lutWords) => [new DesignMemory("", 16 * bits, fifo.Depth, false, true, lutWords)]),
            Rams((fifo, lutWords) => DesignMemories.Fifo("", fifo.With(null), bits, lutWords)),
            Rams((fifo, lutWords) => DesignMemories.Fifo("", fifo, bits, lutWords)));
    }
}
