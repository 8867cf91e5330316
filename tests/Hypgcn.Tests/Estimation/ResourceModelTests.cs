using Hypgcn.Estimation;
using Hypgcn.Fuzzing;
using Hypgcn.Hardware;
using Hypgcn.Synthesis;
using Hypgcn.Tests.Hardware;
using Hypgcn.Tests.Models;
using Hypgcn.Tests.Primitives;

namespace Hypgcn.Tests.Estimation;

[TestFixture]
internal sealed class ResourceModelTests
{
    private static readonly ResourceCoefficients Coefficients = ResourceCoefficients.Read(ResourceModel.CoefficientsPath);

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(VerilogBench.Primitives, "*.v").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    [Test]
    public void Coefficients_EveryPrimitive_HasTermsOfItsOwnConstants([ValueSource(nameof(Names))] string name)
    {
        Assert.That(Coefficients.Modules.Keys, Does.Contain(name));
        var (module, cost) = (ResourceModel.Installed.Rtl(name), Coefficients.Modules[name]);
        string[] terms = [cost.Dsp, cost.Bram18, cost.LutRam, .. cost.Lut.Concat(cost.Ff).Select(term => term.Term)];
        Assert.That(terms.SelectMany(module.Unknown), Is.Empty);
    }

    [Test]
    public void Own_Memory_GoesWhereItsRuleSays()
    {
        var model = ResourceModel.Installed;
        Resources Memory(long width, long depth) => model.Own("memory_sdp", new Dictionary<string, long> { ["WIDTH"] = width, ["DEPTH"] = depth });
        Assert.Multiple(() =>
        {
            Assert.That((Memory(64, 64).Bram18, Memory(64, 64).LutRam), Is.EqualTo((0, 88)));
            Assert.That((Memory(64, 65).Bram18, Memory(64, 65).LutRam), Is.EqualTo((2, 0)));
        });
    }

    [TestCase(2, 25)]
    [TestCase(3, 25)]
    [TestCase(4, 5)]
    public void Of_EnginesOfDifferentSize_CountsEach(int engines, int joints)
    {
        var model = ResourceModel.Installed;
        var parameters = new Dictionary<string, long> { ["ENGINES"] = engines, ["JOINTS"] = joints, ["STRIDE"] = 1 };
        Resources Engine(int own) => model.Of("temporal_engine", new Dictionary<string, long>
        {
            ["JOINTS"] = own, ["FRAMES"] = 300, ["OUT_FRAMES"] = 300, ["GROUP_CHANNELS"] = 16, ["RING_CHANNELS"] = 16, ["SLOTS"] = 9, ["COLUMNS"] = 9, ["LANES"] = 4,
        });
        var expected = Enumerable.Range(0, engines).Select(engine => (joints + engines - 1 - engine) / engines).Select(Engine)
            .Aggregate(model.Own("temporal_engines", parameters), (sum, engine) => sum + engine);
        var found = model.Of("temporal_engines", parameters);
        Assert.That((found.Dsp, found.Bram18, found.LutRam), Is.EqualTo((expected.Dsp, expected.Bram18, expected.LutRam)));
        Assert.That((found.Lut, found.Ff), Is.EqualTo((expected.Lut, expected.Ff)).Within(0.01));
    }

    [TestCase(159)]
    [TestCase(206)]
    [TestCase(260)]
    public void DesignResources_RandomDesign_AreThoseOfItsVerilog(int seed)
    {
        var random = FuzzDraw.Draw(seed, FuzzBounds.Small);
        using var folder = new TemporaryFolder();
        random.Write(folder.File("design"));
        var library = RtlLibrary.Read(folder.File("design"));
        var expected = ResourceModel.Of(library).Of(library.Top, new Dictionary<string, long>());
        var found = DesignResources.Of(random.Design).Total;
        Assert.Multiple(() =>
        {
            Assert.That((found.Dsp, found.Bram18, found.LutRam), Is.EqualTo((expected.Dsp, expected.Bram18, expected.LutRam)));
            Assert.That(found.Lut, Is.EqualTo(expected.Lut).Within(0.01));
            Assert.That(found.Ff, Is.EqualTo(expected.Ff).Within(0.01));
        });
    }

    /// <summary>Estimates for several limits of memories in LUTs are those of designs that have these limits.</summary>
    [TestCase(261)]
    [TestCase(262)]
    [TestCase(263)]
    public void DesignResources_SeveralLimits_AreThoseOfEachDesign(int seed)
    {
        int[] limits = [64, 0, 20, 128, 256];
        var design = FuzzDraw.Draw(seed, FuzzBounds.Small).Design;
        foreach (BlockDesign block in design.Blocks)
        {
            BlockDesign With(int words) => block.With(block.Parameters with { SpatialLutWords = words, TemporalLutWords = words });
            Resources[][] expected = [.. limits.Select(words => DesignResources.Of(design, With(words)).Select(unit => unit.Resources).ToArray())];
            string[] units = [.. DesignResources.Of(design, block).Select(unit => unit.Unit)];
            for (var n = 0; n < units.Length; n++)
            {
                var found = DesignResources.Of(design, With(limits.Max()), units[n], limits);
                for (var limit = 0; limit < limits.Length; limit++)
                {
                    var (own, at) = (found[limit], expected[limit][n]);
                    Assert.That(
                        (own.Dsp, own.Bram18, own.LutRam, Math.Round(own.Lut, 6), Math.Round(own.Ff, 6)),
                        Is.EqualTo((at.Dsp, at.Bram18, at.LutRam, Math.Round(at.Lut, 6), Math.Round(at.Ff, 6))), $"{block.Name}.{units[n]}, {limits[limit]} words");
                }
            }
        }
    }

    [Test]
    public void DesignResources_Limits_MoveMemoriesBetweenBlockRamAndLuts()
    {
        Resources Of(int words) => DesignResources.Of(new AcceleratorDesign("d", TestDesigns.Model, TestDesigns.OneLane with
        {
            Blocks = [.. TestDesigns.OneLane.Blocks.Select(block => block with { SpatialLutWords = words, TemporalLutWords = words })],
        })).Total;
        var (none, usual, deep) = (Of(0), Of(64), Of(256));
        Assert.Multiple(() =>
        {
            Assert.That(none.Bram18, Is.GreaterThan(usual.Bram18));
            Assert.That(none.Lut, Is.LessThan(usual.Lut));
            Assert.That(deep.Bram18, Is.LessThan(usual.Bram18));
            Assert.That(deep.LutRam, Is.GreaterThan(usual.LutRam));
        });
    }

    [Test]
    public void DesignResources_Blocks_CountMultipliersAndMemories()
    {
        // Several engines have their weights each.
        var engines = new BlockParameters { TemporalEngines = 2, DownEngines = 2, ResidualEngines = 3, DownColumns = 3, ResidualColumns = 5 };
        var design = new AcceleratorDesign("d", TestDesigns.Model, TestDesigns.OneLane with { Blocks = [new(), new(), engines] });
        var resources = DesignResources.Of(design);
        Assert.Multiple(() =>
        {
            Assert.That(resources.Total.Dsp, Is.EqualTo(design.Multipliers));
            Assert.That(resources.Total.Bram18, Is.EqualTo(DesignMemories.List(design).Sum(memory => memory.BlockRamHalves)));
            Assert.That(resources.ByUnit.Keys, Does.Contain("block1.graph").And.Contain("block3.residual_fifo").And.Contain("classifier").And.Contain("counter"));
            Assert.That(resources.ByUnit.Keys, Does.Not.Contain("block1.residual_fifo"));
        });
    }
}
