using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Fuzzing;

/// <summary>Random legal hardware parameters for a network, over the whole of their range.</summary>
internal static class FuzzHardware
{
    private const int MostPointwiseEngines = 5;

    private static readonly int[] Finish = [1, 2, 4, 8, 16];

    /// <summary>The first draw within the bound.</summary>
    /// <exception cref="HypgcnException">No design of the network is so small.</exception>
    public static FuzzCase Choose(Random random, FuzzCase fuzz, QuantizedModel model, int multipliers)
    {
        FuzzCase least = With(fuzz, _ => new BlockParameters()) with { ClassifierLanes = 1 };
        if (new FuzzDesign(least, model).Design.Multipliers > multipliers)
        {
            throw new HypgcnException($"multipliers: {multipliers}; the least design of the network has more. Choose a larger bound.");
        }
        bool isSmall = random.Next(2) == 0;
        while (true)
        {
            // Also shows that what this class believes to be legal is.
            var design = new FuzzDesign(With(fuzz, b => Block(random, model, model.Blocks[b])), model).Design;
            if (design.Multipliers > multipliers)
            {
                continue;
            }
            IReadOnlyList<BlockDesign> blocks = design.Blocks;
            FuzzCase chosen = With(fuzz, b => isSmall ? WithSmallFifos(random, blocks[b]) : blocks[b].Parameters);
            return WithMemories(WithEngines(chosen, blocks, multipliers - design.Multipliers));
        }
    }

    /// <summary>A case whose network was changed, with its parameters brought into their ranges.</summary>
    public static FuzzCase Fit(FuzzCase fuzz)
    {
        QuantizedModel model = FuzzWeights.Quantize(fuzz);
        return With(fuzz, b => Fit(model, model.Blocks[b], fuzz.Blocks[b].Hardware)) with
        {
            ClassifierLanes = Math.Min(fuzz.ClassifierLanes, fuzz.Classes),
        };
    }

    private static FuzzCase With(FuzzCase fuzz, Func<int, BlockParameters> hardware) =>
        fuzz with { Blocks = [.. fuzz.Blocks.Select((block, b) => block with { Hardware = hardware(b) })] };

    /// <summary>The same case with several engines for shortcuts, of no more multipliers than are left, and with graph engines of LUTs.</summary>
    private static FuzzCase WithEngines(FuzzCase fuzz, IReadOnlyList<BlockDesign> blocks, int left)
    {
        // Draws of their own: nothing else that a seed gives depends on them.
        var random = new Random(fuzz.WeightSeed);
        int Engines(int each)
        {
            var engines = random.Next(2) == 0 ? 1 : random.Next(1, Math.Min(fuzz.Joints, MostPointwiseEngines) + 1);
            engines = each == 0 ? engines : Math.Min(engines, 1 + (left / each));
            left -= (engines - 1) * each;
            return engines;
        }
        return With(fuzz, b => fuzz.Blocks[b].Hardware with
        {
            DownEngines = Engines(blocks[b].DownMultipliers),
            ResidualEngines = Engines(blocks[b].ResidualMultipliers),
            GraphFabric = random.Next(4) == 0,
        });
    }

    /// <summary>The same case with memories in LUTs that usually are block RAMs, and the other way round.</summary>
    private static FuzzCase WithMemories(FuzzCase fuzz)
    {
        // Again draws of their own.
        var random = new Random(fuzz.WeightSeed + 1);
        int Words() => random.Next(2) == 0 ? DesignMemory.UsualLutWords : random.Next(DesignMemory.MostLutWords + 1);
        return With(fuzz, b => fuzz.Blocks[b].Hardware with { SpatialLutWords = Words(), TemporalLutWords = Words() });
    }

    /// <summary>The same parameters with RFC FIFOs of any depth.</summary>
    private static BlockParameters WithSmallFifos(Random random, BlockDesign block)
    {
        RfcWords? Words(RfcFifoDesign? fifo) => fifo is null || random.Next(4) == 0
            ? null
            : new RfcWords(Depth(fifo, 1), Depth(fifo, 0.9), Depth(fifo, 0.6), Depth(fifo, 0.3));
        int Depth(RfcFifoDesign fifo, double share) => random.Next(3) == 0 ? fifo.Depth + 1 : 1 + random.Next(Math.Max(1, (int)(share * fifo.Depth)));
        return block.Parameters with
        {
            SpatialFifoWords = Words(block.Fifos.Spatial),
            MiddleFifoWords = Words(block.Fifos.Middle),
            ResidualFifoWords = Words(block.Fifos.Residual),
        };
    }

    private static BlockParameters Block(Random random, QuantizedModel model, QuantizedBlock block)
    {
        var padded = Padded(block);
        var jointLanes = Skewed(random, model.Joints);
        // As wide as the array is a case of its own.
        var graphLanes = random.Next(4) == 0 ? jointLanes : Skewed(random, jointLanes);
        var arrayChannels = Channels(random, padded);
        var downChannels = Channels(random, padded);
        var residualChannels = Channels(random, padded);
        var groups = Divisor(random, padded);
        var finish = Width(random, groups);
        if (block.Residual == ResidualKind.Convolution)
        {
            residualChannels = Math.Max(residualChannels, finish);
        }
        var engines = random.Next(2) == 0 ? 1 : random.Next(1, model.Joints + 1);
        return new BlockParameters
        {
            JointLanes = jointLanes,
            GraphLanes = graphLanes,
            GraphWords = Skewed(random, GraphWords(model, jointLanes, graphLanes)),
            ArrayChannels = arrayChannels,
            SpatialFinish = WidthUpTo(random, block.Down is null ? arrayChannels : Math.Min(arrayChannels, downChannels)),
            TemporalGroups = groups,
            TemporalColumns = Skewed(random, padded * block.Kernel),
            TemporalEngines = engines,
            TemporalJointEngines = random.Next(2) == 0 ? null : Joints(random, model.Joints, engines),
            TemporalFinish = finish,
            DownChannels = downChannels,
            DownColumns = Skewed(random, (padded + downChannels - 1) / downChannels),
            ResidualChannels = residualChannels,
            ResidualColumns = Skewed(random, (padded + residualChannels - 1) / residualChannels),
            PackProducts = random.Next(4) != 0,
            MiddleFifoFrames = random.Next(1, 4),
            SpatialFifoFrames = random.Next(1, 5),
            ResidualFifoSlackFrames = random.Next(0, 4),
        };
    }

    private static JointEngines Joints(Random random, int joints, int engines)
    {
        int[][] runs = [.. Enumerable.Range(0, joints).Chunk(engines).Select(run => Enumerable.Range(0, run.Length).ToArray())];
        Array.ForEach(runs, random.Shuffle);
        return new JointEngines([.. runs.SelectMany(run => run)]);
    }

    private static BlockParameters Fit(QuantizedModel model, QuantizedBlock block, BlockParameters p)
    {
        var padded = Padded(block);
        var jointLanes = Math.Min(p.JointLanes, model.Joints);
        var graphLanes = Math.Min(p.GraphLanes, jointLanes);
        var arrayChannels = Math.Min(p.ArrayChannels, padded);
        var groups = Enumerable.Range(1, Math.Min(p.TemporalGroups, padded)).Last(count => padded % count == 0);
        var finish = Finish.Last(width => width <= p.TemporalFinish && groups % width == 0);
        var downChannels = Math.Min(p.DownChannels, padded);
        var residualChannels = Math.Min(p.ResidualChannels, padded);
        residualChannels = block.Residual == ResidualKind.Convolution ? Math.Max(residualChannels, finish) : residualChannels;
        var engines = Math.Min(p.TemporalEngines, model.Joints);
        BlockParameters fitted = p with
        {
            JointLanes = jointLanes,
            GraphLanes = graphLanes,
            GraphWords = Math.Min(p.GraphWords, GraphWords(model, jointLanes, graphLanes)),
            ArrayChannels = arrayChannels,
            SpatialFinish = Finish.Last(width => width <= p.SpatialFinish && width <= (block.Down is null ? arrayChannels : Math.Min(arrayChannels, downChannels))),
            TemporalGroups = groups,
            TemporalColumns = Math.Min(p.TemporalColumns, padded * block.Kernel),
            TemporalEngines = engines,
            TemporalJointEngines = p.TemporalJointEngines is { } joints && joints.Fits(model.Joints, engines) ? joints : null,
            TemporalFinish = finish,
            DownChannels = downChannels,
            DownColumns = Math.Min(p.DownColumns, (padded + downChannels - 1) / downChannels),
            DownEngines = Math.Min(p.DownEngines, model.Joints),
            ResidualChannels = residualChannels,
            ResidualColumns = Math.Min(p.ResidualColumns, (padded + residualChannels - 1) / residualChannels),
            ResidualEngines = Math.Min(p.ResidualEngines, model.Joints),
        };
        BlockFifos fifos = BlockFifos.Of(block, model.Joints, fitted);
        return fitted with
        {
            SpatialFifoWords = Fit(fifos.Spatial, p.SpatialFifoWords),
            MiddleFifoWords = Fit(fifos.Middle, p.MiddleFifoWords),
            ResidualFifoWords = Fit(fifos.Residual, p.ResidualFifoWords),
        };
    }

    private static RfcWords? Fit(RfcFifoDesign? fifo, RfcWords? words)
    {
        if (fifo is null || words is not { } w)
        {
            return null;
        }
        int Least(int count) => Math.Clamp(count, 1, fifo.Depth + 1);
        return new RfcWords(Least(w.First), Least(w.Second), Least(w.Third), Least(w.Fourth));
    }

    private static int Padded(QuantizedBlock block) => (block.OutputChannels + 15) / 16 * 16;

    // 1 to the largest with small values more likely: most of the range would be too large to compile.
    private static int Skewed(Random random, int largest) => (int)Math.Pow(largest + 0.999, random.NextDouble());

    // Words that divide a row are a case of their own.
    private static int Channels(Random random, int padded) => random.Next(3) == 0 ? Divisor(random, padded) : Skewed(random, padded);

    // Counted one by one: the design has a formula.
    private static int GraphWords(QuantizedModel model, int jointLanes, int graphLanes)
    {
        var words = 0;
        for (var first = 0; first < model.Joints; first += jointLanes)
        {
            for (var part = 0; part < jointLanes && first + part < model.Joints; part += graphLanes)
            {
                words++;
            }
        }
        return model.Subsets * words;
    }

    private static int Divisor(Random random, int value)
    {
        int[] divisors = [.. Enumerable.Range(1, value).Where(n => value % n == 0)];
        return divisors[random.Next(divisors.Length)];
    }

    private static int WidthUpTo(Random random, int lanes)
    {
        int[] widths = [.. Finish.Where(width => width <= lanes)];
        return widths[random.Next(widths.Length)];
    }

    private static int Width(Random random, int lanes)
    {
        int[] widths = [.. Finish.Where(width => lanes % width == 0)];
        return widths[random.Next(widths.Length)];
    }
}
