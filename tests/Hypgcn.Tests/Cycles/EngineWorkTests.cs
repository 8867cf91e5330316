using Hypgcn.Cycles;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.CoSimulation;

namespace Hypgcn.Tests.Cycles;

/// <summary>Needed products against a count of one product after the other.</summary>
[TestFixture]
internal sealed class EngineWorkTests
{
    [TestCase(159)]
    [TestCase(206)]
    [TestCase(260)]
    [TestCase(351)]
    public void Of_AnyDesign_CountsEveryNeededProduct(int seed)
    {
        var random = FuzzDraw.Draw(seed, FuzzBounds.Small);
        var design = random.Design;
        var traces = new ClipSequence(new IntegerNetwork(design.Model), design.RfcRules).Run(random.Clips(), CancellationToken.None);
        var work = EngineWork.Of(design, [.. traces.Select(trace => ClipActivity.Of(design.Model, trace))]);

        var expected = design.Blocks.SelectMany(block => Stages(block).Select(stage => ($"{block.Name}.{stage}", traces.Sum(trace => Count(block, stage, trace)))));

        Assert.That(work.Select(engine => (engine.Stage, engine.Products)), Is.EqualTo(expected));
    }

    [Test]
    public void Of_AnyDesign_LanesAreThoseOfTheStages()
    {
        var design = FuzzDraw.Draw(206, FuzzBounds.Small).Design;
        var work = EngineWork.Of(design, [ClipActivity.Uniform(design.Model, 100)]);

        Assert.That(design.Stages, Is.SupersetOf(work.Select(engine => engine.Stage)));
        Assert.That(work.Sum(engine => engine.Lanes), Is.GreaterThanOrEqualTo(design.Blocks.Sum(block => block.Multipliers)));
    }

    private static string[] Stages(BlockDesign block) =>
        [.. block.StageNames.Where(stage => !stage.EndsWith("_finish", StringComparison.Ordinal))];

    private static long Count(BlockDesign block, string stage, ClipTrace trace)
    {
        var q = block.Integers;
        var x = trace.Features[block.Number - 1];
        var readers = trace.Readers.Count == 0 ? null : trace.Readers[block.Number - 1];
        return stage switch
        {
            "graph" => x.Select((value, n) => (value, channel: n % q.InputChannels))
                .Count(entry => entry.value != 0 && block.KeptChannels.Contains(entry.channel)) * (long)(block.Model.Subsets * block.Joints),
            "array" => x.Length / q.InputChannels * (long)block.KeptChannels.Count * block.Model.Subsets * q.OutputChannels,
            "down" => (readers?.Spatial ?? x).Count(value => value != 0) * (long)q.OutputChannels,
            "residual" => (readers?.Residual ?? x).Where((value, n) => value != 0 && n / q.InputChannels / block.Joints % block.Frames % q.Stride == 0)
                .Count() * (long)q.OutputChannels,
            _ => Temporal(block, readers?.Middle ?? trace.Middle[block.Number - 1], block.TemporalStages.ToList().IndexOf(stage)),
        };
    }

    private static long Temporal(BlockDesign block, short[] z, int engine)
    {
        var q = block.Integers;
        long products = 0;
        bool HasTap(int channel, int tap) => Enumerable.Range(0, q.OutputChannels).Any(i => q.Temporal[(((channel * q.OutputChannels) + i) * q.Kernel) + tap] != 0);
        var pairs = (from channel in Enumerable.Range(0, q.OutputChannels)
                     from tap in Enumerable.Range(0, q.Kernel)
                     where HasTap(channel, tap)
                     select tap).ToList();
        for (var n = 0; n < z.Length; n++)
        {
            if (n / q.OutputChannels % block.Joints % block.Parameters.TemporalEngines != engine)
            {
                continue;
            }
            var frame = n / q.OutputChannels / block.Joints % block.Frames;
            // Output frame o reads frame o * stride + tap - pad.
            products += z[n] == 0 ? 0 : pairs.Count(tap => Enumerable.Range(0, block.OutFrames).Any(
                o => (o * q.Stride) + tap - ((q.Kernel - 1) / 2) == frame));
        }
        return products;
    }
}
