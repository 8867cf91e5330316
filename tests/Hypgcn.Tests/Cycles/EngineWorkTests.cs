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
    [TestCase(401, Description = "two engines of a spatial shortcut")]
    [TestCase(432, Description = "two of both shortcuts")]
    public void Of_AnyDesign_CountsEveryNeededProduct(int seed)
    {
        var random = FuzzDraw.Draw(seed, FuzzBounds.Small);
        var design = random.Design;
        var traces = new ClipSequence(new IntegerNetwork(design.Model), design.RfcRules).Run(random.Clips(), CancellationToken.None);
        var work = EngineWork.Of(design, [.. traces.Select(trace => ClipActivity.Of(design.Model, trace))]);

        var expected = design.Blocks.SelectMany(block => Stages(block).Select(stage => ($"{block.Name}.{stage}",
            traces.Select((trace, clip) => Count(block, stage, trace, clip)).Sum())));

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

    private static long Count(BlockDesign block, string stage, ClipTrace trace, int clip)
    {
        var q = block.Integers;
        var x = trace.Features[block.Number - 1];
        var readers = trace.Readers.Count == 0 ? null : trace.Readers[block.Number - 1];
        return stage switch
        {
            "graph" => x.Select((value, n) => (value, channel: n % q.InputChannels))
                .Count(entry => entry.value != 0 && block.KeptChannels.Contains(entry.channel)) * (long)(block.Model.Subsets * block.Joints),
            "array" => x.Length / q.InputChannels * (long)block.KeptChannels.Count * block.Model.Subsets * q.OutputChannels,
            _ when block.DownStages.Contains(stage) => Turns(
                (readers?.Spatial ?? x).Chunk(q.InputChannels), block.DownStages, stage, clip) * q.OutputChannels,
            _ when block.ResidualStages.Contains(stage) => Turns(
                (readers?.Residual ?? x).Chunk(q.InputChannels).Where((_, row) => row / block.Joints % block.Frames % q.Stride == 0),
                block.ResidualStages, stage, clip) * q.OutputChannels,
            _ => Temporal(block, readers?.Middle ?? trace.Middle[block.Number - 1], block.TemporalStages.ToList().IndexOf(stage)),
        };
    }

    // Rows go to the engines in turn, from clip to clip.
    private static long Turns(IEnumerable<short[]> rows, IReadOnlyList<string> stages, string stage, int clip)
    {
        short[][] all = [.. rows];
        return all.Where((_, row) => stages[((clip * all.Length) + row) % stages.Count] == stage).Sum(row => (long)row.Count(value => value != 0));
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
            var joint = n / q.OutputChannels % block.Joints;
            if ((block.Parameters.TemporalJointEngines?[joint] ?? joint % block.Parameters.TemporalEngines) != engine)
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
