using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>Random legal hardware parameters for a network, over the whole of their range.</summary>
internal static class RandomHardware
{
    private static readonly int[] Finish = [1, 2, 4, 8, 16];

    /// <summary>The first draw that passes the rules and the bound.</summary>
    public static AcceleratorDesign Choose(Random random, string name, QuantizedModel model, int multipliers)
    {
        var least = new HardwareParameters { Blocks = [.. model.Blocks.Select(_ => new BlockParameters())] };
        if (new AcceleratorDesign(name, model, least).Multipliers > multipliers)
        {
            throw new ArgumentOutOfRangeException(nameof(multipliers), multipliers, "no design is so small");
        }
        while (true)
        {
            var parameters = new HardwareParameters
            {
                Blocks = [.. model.Blocks.Select(block => Block(random, model, block))],
                PoolWidth = Finish[random.Next(4)],
                ClassifierLanes = random.Next(1, model.Classes + 1),
                Counters = random.Next(8) != 0,
            };
            // Also shows that what this class believes to be legal is.
            var design = new AcceleratorDesign(name, model, parameters);
            if (design.Multipliers <= multipliers)
            {
                return design;
            }
        }
    }

    /// <summary>The same design with RFC FIFOs of any depth.</summary>
    public static AcceleratorDesign WithSmallFifos(Random random, AcceleratorDesign design)
    {
        RfcWords? Words(RfcFifoDesign? fifo) => fifo is null || random.Next(4) == 0
            ? null
            : new RfcWords(Depth(fifo, 1), Depth(fifo, 0.9), Depth(fifo, 0.6), Depth(fifo, 0.3));
        int Depth(RfcFifoDesign fifo, double share) => random.Next(3) == 0 ? fifo.Depth + 1 : 1 + random.Next(Math.Max(1, (int)(share * fifo.Depth)));
        var blocks = design.Blocks.Select(block => block.Parameters with
        {
            SpatialFifoWords = Words(block.Fifos.Spatial),
            MiddleFifoWords = Words(block.Fifos.Middle),
            ResidualFifoWords = Words(block.Fifos.Residual),
        });
        return new AcceleratorDesign(design.Name, design.Model, design.Parameters with { Blocks = [.. blocks] });
    }

    private static BlockParameters Block(Random random, QuantizedModel model, QuantizedBlock block)
    {
        var padded = (block.OutputChannels + 15) / 16 * 16;
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
        return new BlockParameters
        {
            JointLanes = jointLanes,
            GraphLanes = graphLanes,
            GraphWords = Skewed(random, GraphWords(model, jointLanes, graphLanes)),
            ArrayChannels = arrayChannels,
            SpatialFinish = WidthUpTo(random, block.Down is null ? arrayChannels : Math.Min(arrayChannels, downChannels)),
            TemporalGroups = groups,
            TemporalColumns = Skewed(random, padded * block.Kernel),
            TemporalEngines = random.Next(2) == 0 ? 1 : random.Next(1, model.Joints + 1),
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
