namespace Hypgcn.Hardware;

/// <summary>Every memory of a design.</summary>
public static class DesignMemories
{
    /// <summary>All of them, block by block.</summary>
    public static IReadOnlyList<DesignMemory> List(AcceleratorDesign design) =>
        [.. Shared(design), .. design.Blocks.SelectMany(Block)];

    private static IEnumerable<DesignMemory> Shared(AcceleratorDesign design)
    {
        var bits = design.Model.FeatureBits;
        var (width, lanes, last) = (design.Parameters.PoolWidth, design.Parameters.ClassifierLanes, design.Blocks[^1]);
        yield return new("input.coefficients", design.InputSumBits + bits, design.Model.Input.Scale.Length, true, false);
        yield return new("input.out", 16 + (16 * design.Model.InputBits), 8, false, false);
        yield return new("pool.sums", width * design.PoolBits, 2 * last.OutBanks * 16 / width, false, false);
        var passes = BlockDesign.Divide(design.Model.Classes, lanes);
        yield return new("classifier.weights", lanes * bits, passes * last.Integers.OutputChannels, true, true);
        yield return new("classifier.bias", design.LogitBits, design.Model.Classes, true, false);
    }

    private static IEnumerable<DesignMemory> Block(BlockDesign block)
    {
        var (name, p, bits, plan) = (block.Name, block.Parameters, block.Bits, block.Temporal);
        var bank = 16 + (16 * bits);
        var (spatial, temporal) = (p.SpatialLutWords, p.TemporalLutWords);
        yield return new($"{name}.graph.frame", bank, 2 * block.FrameBanks, false, true, spatial);
        yield return new($"{name}.graph.hot", block.Joints * 16, 2 * block.InBanks, false, false);
        yield return new($"{name}.graph.channels", 32, block.KeptChannels.Count, true, false);
        yield return new($"{name}.graph.coefficients", p.GraphWords * p.GraphLanes * bits, block.GraphPasses * block.Joints, true, true, spatial);
        for (var part = 0; part < block.GraphWordParts; part++)
        {
            var lanes = Math.Min(p.GraphLanes, p.JointLanes - (part * p.GraphLanes));
            yield return new($"{name}.array.u[{part}]", lanes * bits, 2 * block.ArrayOperations * block.JointGroups, false, true, spatial);
        }
        yield return new($"{name}.array.weights", p.ArrayChannels * bits, block.ArrayOperations * block.ChannelGroups, true, true, spatial);
        yield return new($"{name}.array.tile", p.ArrayChannels * block.ArrayAccBits, 2 * p.JointLanes * block.ChannelGroups, false, true, spatial);
        foreach (var stage in block.DownStages)
        {
            yield return new($"{name}.{stage}.rows", bank + 4, 2 * block.InBanks, false, false);
            yield return new($"{name}.{stage}.weights", p.DownColumns * p.DownChannels * bits, block.Down.Passes * block.InBanks * 16, true, true, spatial);
        }
        yield return new($"{name}.spatial_finish.bias", p.SpatialFinish * block.SpatialTotalBits, block.OutBanks * 16 / p.SpatialFinish, true, false);
        foreach (var memory in block.Fifos.All.SelectMany(entry => Fifo(block.FifoName(entry.Reader), entry.Fifo, bits, p.FifoLutWords(entry.Reader))))
        {
            yield return memory;
        }
        var (tap, channel) = BlockImages.ScheduleBits(plan);
        foreach (var (stage, engine) in block.TemporalStages.Select((stage, engine) => (stage, engine)))
        {
            yield return new($"{name}.{stage}.rows", bank + 4, 2 * block.OutBanks, false, false);
            yield return new($"{name}.{stage}.weights", plan.Columns * plan.Groups * bits, plan.TotalPasses * block.OutBanks * 16, true, true, temporal);
            yield return new($"{name}.{stage}.schedule", plan.Groups * (1 + tap + channel), plan.TotalPasses * plan.Columns, true, true, temporal);
            yield return new($"{name}.{stage}.init", plan.Groups * (1 + block.RingBits), plan.GroupChannels, true, true, temporal);
            for (var group = 0; group < plan.Groups; group++)
            {
                yield return new($"{name}.{stage}.ring[{group}]", block.RingBits, plan.Slots * block.EngineJoints(engine) * plan.RingChannels, false, true, temporal);
            }
        }
        foreach (var stage in block.ResidualStages)
        {
            yield return new($"{name}.{stage}.rows", bank + 4, 2 * block.InBanks, false, false);
            yield return new($"{name}.{stage}.weights", p.ResidualColumns * p.ResidualChannels * bits, block.Residual.Passes * block.InBanks * 16, true, true, temporal);
        }
    }

    /// <summary>The memories of one RFC FIFO.</summary>
    internal static IEnumerable<DesignMemory> Fifo(string name, RfcFifoDesign fifo, int bits, int lutWords) =>
    [
        new($"{name}.hot", 16, fifo.Depth, false, true, lutWords),
        .. fifo.Words.ToArray().Select((words, n) => new DesignMemory($"{name}.mini[{n}]", 4 * bits, words, false, true, lutWords)),
    ];
}
