using System.Globalization;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>
/// A random network on random hardware with random clips. Everything follows from the seed, so that a failure is
/// repeated by its number.
/// </summary>
internal sealed class RandomDesign
{
    private static readonly int[] Kernels = [1, 3, 5, 9];
    private static readonly double[] Densities = [1, 0.7, 0.3];

    private readonly SmallNetwork _network;
    private readonly int _frames;
    private readonly int _persons;

    /// <param name="seed">Decides everything.</param>
    /// <param name="bounds">Largest sizes.</param>
    public RandomDesign(int seed, RandomBounds bounds)
    {
        Seed = seed;
        var random = new Random(seed);
        _frames = random.Next(2, bounds.Frames + 1);
        _persons = random.Next(1, 3);
        var featureBits = Bits(random);
        _network = new SmallNetwork
        {
            Seed = random.Next(),
            Joints = random.Next(1, bounds.Joints + 1),
            Subsets = random.Next(1, 4),
            InputChannels = random.Next(1, 5),
            Classes = random.Next(2, 13),
            DataNormPersons = random.Next(2) == 0 ? 1 : _persons,
            Kernel = Kernels[random.Next(Kernels.Length)],
            Gain = random.Next(5) == 0 ? 4 : 1,
            Blocks = Blocks(random, bounds),
        };
        var graph = WithZeros(_network.Build(), random);
        DropFilters(graph, new Random(seed + 2));
        ReadOnlyMemory<float>[] calibration = [_network.Clip(_frames, _persons, 1), _network.Clip(_frames, _persons, 2)];
        int[] blockBits = [.. graph.Blocks.Select(_ => Bits(random))];
        var model = Quantizer.Quantize(
            graph, calibration, _frames, _persons, new QuantizerOptions { FeatureBits = featureBits, BlockFeatureBits = blockBits });
        // Also without: a network may have no order that is even.
        model = seed % 2 == 0 ? model : ChannelOrder.Balance(model);
        Design = RandomHardware.Choose(random, $"random_{seed}", model, bounds.Multipliers);
        if (seed % 2 == 0)
        {
            Design = RandomHardware.WithSmallFifos(new Random(seed + 1), Design);
        }
        Pattern = random.Next(3) == 0 ? new PortPattern() : new PortPattern((ulong)random.Next(1, 1000), random.Next(2) * random.Next(1, 400));
        Clips = [.. Enumerable.Range(0, random.Next(2, 4)).Select(Clip)];
    }

    public int Seed { get; }

    public AcceleratorDesign Design { get; }

    public PortPattern Pattern { get; }

    /// <summary>An ordinary clip, one that saturates the input, one of zeros.</summary>
    public short[][] Clips { get; }

    public override string ToString()
    {
        var model = Design.Model;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"seed {Seed}: {model.FeatureBits} bits, V {model.Joints}, K {model.Subsets}, T {model.Frames}, M {model.Persons}, C {model.InputChannels}, kernel {_network.Kernel}, {model.Classes} classes, {Clips.Length} clips, {Pattern}, pool {Design.Parameters.PoolWidth}, classifier {Design.Parameters.ClassifierLanes}, counters {Design.Parameters.Counters}, {Design.Multipliers} multipliers");
        return string.Join("\n  ", [text, .. Design.Blocks.Select(block =>
            $"{block.Integers.InputChannels} -> {block.Integers.OutputChannels}, stride {block.Integers.Stride}, {block.Integers.Residual}, {block.Bits} bits: {block.Parameters}")]);
    }

    /// <summary>Writes the design folder.</summary>
    public void Write(string folder) =>
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(Design, folder, "{}\n", "hypgcn generate");

    private static (int Channels, int Stride, ResidualKind Residual)[] Blocks(Random random, RandomBounds bounds)
    {
        var blocks = new (int Channels, int Stride, ResidualKind Residual)[random.Next(1, 4)];
        for (var b = 0; b < blocks.Length; b++)
        {
            var residual = (ResidualKind)random.Next(3);
            // Equal widths now and then: only they have identities.
            var repeat = b > 0 && random.Next(2) == 0;
            var channels = repeat ? blocks[b - 1].Channels : random.Next(3, bounds.Channels + 1);
            blocks[b] = (channels, residual == ResidualKind.Identity && repeat ? 1 : random.Next(1, 4), residual);
        }
        return blocks;
    }

    private static int Bits(Random random) => random.Next(3) == 0 ? 8 : 16;

    /// <summary>Weights are zeroed in place: the arrays were made for this network alone.</summary>
    private static ModelGraph WithZeros(ModelGraph graph, Random random)
    {
        foreach (var block in graph.Blocks)
        {
            Thin(random, block.Graph);
            Thin(random, block.Temporal.Weight);
            foreach (var spatial in block.Spatial)
            {
                Thin(random, spatial.Weight);
            }
            Thin(random, block.Down?.Weight ?? []);
            Thin(random, block.ResidualConvolution?.Weight ?? []);
        }
        return graph;
    }

    // Whole filters, the residual's with them, as pruning drops them; in every third block.
    private static void DropFilters(ModelGraph graph, Random random)
    {
        foreach (var block in graph.Blocks.Where(_ => random.Next(3) == 0))
        {
            var weights = block.Temporal.Weight;
            var residual = block.ResidualConvolution?.Weight ?? [];
            foreach (var channel in Enumerable.Range(0, block.OutputChannels).Where(_ => random.Next(3) > 0))
            {
                Array.Clear(weights, channel * (weights.Length / block.OutputChannels), weights.Length / block.OutputChannels);
                Array.Clear(residual, channel * (residual.Length / block.OutputChannels), residual.Length / block.OutputChannels);
            }
        }
    }

    private static void Thin(Random random, double[] weights)
    {
        var density = Densities[random.Next(Densities.Length)];
        for (var n = 0; n < weights.Length; n++)
        {
            if (random.NextDouble() >= density)
            {
                weights[n] = 0;
            }
        }
    }

    private short[] Clip(int index)
    {
        var scale = index switch { 0 => 1F, 1 => 5F, _ => 0F };
        var values = Array.ConvertAll(_network.Clip(_frames, _persons, Seed + index), value => scale * value);
        return ClipQuantizer.Quantize(Design.Model, values);
    }
}
