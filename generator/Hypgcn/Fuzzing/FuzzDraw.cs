using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Fuzzing;

/// <summary>Draws a random network on random hardware with random clips. Everything follows from the seed.</summary>
public static class FuzzDraw
{
    private const int MostRefusals = 20;

    private static readonly int[] Kernels = [1, 3, 5, 9];
    private static readonly int[] RareKernels = [7, 11, 15];

    /// <summary>The first draw that no rule refuses.</summary>
    /// <param name="seed">Decides everything, with the bounds.</param>
    /// <param name="bounds">Largest sizes.</param>
    /// <exception cref="InvalidOperationException">The rules refuse all: the drawing is wrong.</exception>
    public static FuzzDesign Draw(int seed, FuzzBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        var random = new Random(Mix(seed));
        HypgcnException? last = null;
        for (var refusals = 0; refusals < MostRefusals; refusals++)
        {
            try
            {
                FuzzCase network = WithPorts(random, Network(random, seed, bounds));
                QuantizedModel model = FuzzWeights.Quantize(network);
                return new FuzzDesign(FuzzHardware.Choose(random, network, model, bounds.Multipliers), model) { Refusals = refusals };
            }
            catch (HypgcnException problem)
            {
                last = problem;
            }
        }
        throw new InvalidOperationException($"seed {seed}: the rules refuse everything; the last: {last!.Message}", last);
    }

    private static FuzzCase Network(Random random, int seed, FuzzBounds bounds)
    {
        int persons = random.Next(1, 3);
        bool isPreset = random.Next(10) == 0;
        return new FuzzCase
        {
            Seed = seed,
            WeightSeed = random.Next(1, 1_000_000_000),
            Joints = random.Next(1, bounds.Joints + 1),
            Subsets = random.Next(1, 4),
            Frames = random.Next(2, bounds.Frames + 1),
            Persons = persons,
            DataNormPersons = random.Next(2) == 0 ? 1 : persons,
            // More than a bank now and then.
            InputChannels = random.Next(8) == 0 ? random.Next(15, 35) : random.Next(1, 5),
            Classes = random.Next(2, 13),
            Kernel = random.Next(6) == 0 ? Pick(random, RareKernels) : Pick(random, Kernels),
            Gain = random.Next(5) == 0 ? 4 : 1,
            Preset = isPreset ? FormatPreset.Q8Dot8 : FormatPreset.Calibrated,
            FeatureBits = isPreset ? 16 : Bits(random),
            BalanceSpan = random.Next(5),
            // Also without: a network may have no order that is even.
            Balanced = random.Next(2) == 0,
            Blocks = Blocks(random, bounds, isPreset),
            PoolWidth = 1,
            ClassifierLanes = 1,
            Counters = true,
            StallSeed = 0,
            GapCycles = 0,
            Clips = 1,
            ResetSeed = 1,
        };
    }

    private static FuzzBlock[] Blocks(Random random, FuzzBounds bounds, bool isPreset)
    {
        var blocks = new FuzzBlock[random.Next(1, 4)];
        for (var b = 0; b < blocks.Length; b++)
        {
            var residual = (ResidualKind)random.Next(3);
            // Equal widths now and then: only they have identities.
            var repeat = b > 0 && random.Next(2) == 0;
            blocks[b] = new FuzzBlock
            {
                Channels = repeat ? blocks[b - 1].Channels : random.Next(3, bounds.Channels + 1),
                Stride = residual == ResidualKind.Identity && repeat ? 1 : random.Next(1, 4),
                Residual = residual,
                FeatureBits = isPreset ? 16 : Bits(random),
                DropsFilters = random.Next(3) == 0,
                DropsTaps = random.Next(3) == 0,
                DropsInputs = random.Next(3) == 0,
                Hardware = new BlockParameters(),
            };
        }
        return blocks;
    }

    private static FuzzCase WithPorts(Random random, FuzzCase fuzz) => fuzz with
    {
        StallSeed = random.Next(3) == 0 ? 0 : (ulong)random.Next(1, 1000),
        GapCycles = random.Next(3) == 0 ? random.Next(1, 400) : 0,
        Clips = random.Next(2, 4),
        ResetSeed = random.Next(1, 1000),
        PoolWidth = Pick(random, [1, 2, 4, 8]),
        ClassifierLanes = random.Next(1, fuzz.Classes + 1),
        Counters = random.Next(8) != 0,
    };

    /// <summary>The finalizer of SplitMix64: what Random draws first moves slowly, if at all, from a seed to the next.</summary>
    private static int Mix(int seed)
    {
        unchecked
        {
            ulong z = (ulong)seed + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (int)(z ^ (z >> 31));
        }
    }

    private static int Bits(Random random) => random.Next(3) == 0 ? 8 : 16;

    private static int Pick(Random random, int[] values) => values[random.Next(values.Length)];
}
