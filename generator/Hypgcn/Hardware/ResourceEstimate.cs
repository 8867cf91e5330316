namespace Hypgcn.Hardware;

/// <summary>
/// Resources of a design. DSP and block RAM follow from the multipliers and the list of memories; LUT and FF are first-order
/// sums over the datapath (drain multiplexers, adders, encoders) and are not yet calibrated against synthesis.
/// </summary>
/// <param name="Dsp">DSP48E2 blocks; a multiplier wider than 27 x 18 takes two.</param>
/// <param name="BlockRamHalves">18 Kb halves of block RAM.</param>
/// <param name="Lut">LUT6.</param>
/// <param name="Ff">Flip-flops.</param>
public sealed record ResourceEstimate(int Dsp, int BlockRamHalves, int Lut, int Ff)
{
    /// <summary>Block RAMs of 36 Kb.</summary>
    public double BlockRam36 => BlockRamHalves / 2.0;

    /// <summary>Estimates a design.</summary>
    public static ResourceEstimate Of(AcceleratorDesign design)
    {
        var memories = DesignMemories.List(design);
        var classifier = design.Parameters.ClassifierLanes;
        var dsp = design.Multipliers + (design.PoolBits > 27 ? classifier : 0);
        var lut = memories.Sum(memory => memory.Luts) + 600;
        var ff = 800;
        foreach (var block in design.Blocks)
        {
            var (lutBlock, ffBlock) = Datapath(block);
            (lut, ff) = (lut + lutBlock, ff + ffBlock);
        }
        var stages = design.Parameters.Counters ? design.Stages.Count : 0;
        return new ResourceEstimate(dsp, memories.Sum(memory => memory.BlockRamHalves), lut + (stages * 70), ff + (stages * 64));
    }

    private static (int Lut, int Ff) Datapath(BlockDesign block)
    {
        var (p, bits) = (block.Parameters, block.Bits);
        var bank = 16 + (16 * bits);
        var (graphLut, graphFf) = Drain(p.GraphWords, p.GraphLanes, block.GraphAccBits);
        var (arrayLut, arrayFf) = Drain(p.JointLanes, p.ArrayChannels, block.ArrayAccBits);
        var (temporalLut, temporalFf) = Drain(p.TemporalColumns, p.TemporalGroups, block.TemporalAccBits);
        var (downLut, downFf) = block.HasDown ? Drain(p.DownColumns, p.DownChannels, block.DownAccBits) : (0, 0);
        var (residualLut, residualFf) = block.HasResidualConvolution
            ? Drain(p.ResidualColumns, p.ResidualChannels, block.ResidualSideBits)
            : (0, 0);
        var engines = p.TemporalEngines;
        var lut = graphLut + arrayLut + (engines * temporalLut) + downLut + residualLut;
        var ff = graphFf + arrayFf + (engines * temporalFf) + downFf + residualFf;
        lut += p.GraphLanes * (block.GraphAccBits + bits); // rounding of U
        ff += p.GraphLanes * (block.GraphAccBits + bits);
        lut += engines * p.TemporalGroups * (2 * block.RingBits); // ring adders and addresses
        ff += engines * p.TemporalGroups * (3 * block.RingBits);
        lut += Finish(p.SpatialFinish, block.SpatialTotalBits, bits) + Finish(p.TemporalFinish, block.RingBits, block.OutBits);
        ff += (p.SpatialFinish * 4 * block.SpatialTotalBits) + (p.TemporalFinish * 4 * block.RingBits) + (2 * bank) + (2 * (16 + (16 * block.OutBits)));
        var rowEngines = engines + (block.HasDown ? 1 : 0) + (block.HasResidualConvolution ? 1 : 0);
        lut += rowEngines * bank * 2; // row shift registers
        ff += rowEngines * bank;
        var windows = block.Fifos.All.Sum(entry => WindowBits(entry.Fifo));
        return (lut + 900 + windows, ff + 700 + windows);
    }

    /// <summary>Registers that count the words of the last frames.</summary>
    private static int WindowBits(RfcFifoDesign fifo) => fifo.Words.ToArray()
        .Where(words => words <= fifo.Depth).Sum(words => (fifo.Window + 1) * BlockImages.BitsFor(words + 1));

    private static (int Lut, int Ff) Drain(int columns, int lanes, int bits) =>
        (lanes * bits * BlockDesign.Divide(columns - 1, 3), lanes * bits * (columns + 1));

    private static int Finish(int width, int totalBits, int bits) => (width * ((2 * totalBits) + (2 * bits))) + (16 * bits * width / 2);
}
