using Hypgcn.Reference;
using Hypgcn.Sparsity;

namespace Hypgcn.Hardware;

/// <summary>Depths of mini-banks from measured sparsity.</summary>
public static class RfcDepths
{
    /// <summary>The measured peak over the FIFO's window plus a margin, then as much more as the memory holds anyway; never more than lossless.</summary>
    /// <param name="fifo">The FIFO; its own depths do not matter.</param>
    /// <param name="measured">What passes it.</param>
    /// <param name="marginPercent">Margin, 0 or more.</param>
    /// <param name="bits">Width of a value.</param>
    public static RfcWords Choose(RfcFifoDesign fifo, FifoSparsity measured, int marginPercent, int bits)
    {
        ArgumentNullException.ThrowIfNull(fifo);
        ArgumentNullException.ThrowIfNull(measured);
        int Words(int miniBank)
        {
            var wanted = ((measured.Peak(miniBank, fifo.Window) * (100 + marginPercent)) + 99) / 100;
            return Fill((int)Math.Clamp(wanted, 1, fifo.Depth + 1), fifo.Depth + 1, RfcRule.WordValues * bits);
        }
        return new RfcWords(Words(0), Words(1), Words(2), Words(3));
    }

    /// <summary>Most words that cost what these do.</summary>
    private static int Fill(int words, int most, int width)
    {
        var cost = Cost(words, width);
        while (words < most && Cost(words + 1, width) == cost)
        {
            words++;
        }
        return words;
    }

    private static (int Halves, int Luts) Cost(int words, int width)
    {
        var memory = new DesignMemory("", width, words, false, true);
        return (memory.BlockRamHalves, memory.Luts);
    }
}
