using Hypgcn.CoSimulation;
using Hypgcn.Estimation;
using Hypgcn.Hardware;
using Hypgcn.Synthesis;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Models;
using Hypgcn.Tests.Primitives;

namespace Hypgcn.Tests.Synthesis;

[TestFixture]
[Category("CoSim")]
internal sealed class SynthesizerTests
{
    [Test]
    public async Task AllAsync_SmallModules_HaveTheModelsBlocksAndChildren()
    {
        RequiredTools.Check("yosys");
        using var folder = new TemporaryFolder();
        var library = RtlLibrary.FromFiles(folder.File("."), Directory.EnumerateFiles(VerilogBench.Primitives, "*.v").Order(StringComparer.Ordinal));
        ModuleConfiguration[] tops =
        [
            Module("memory_sdp", ("WIDTH", 40), ("DEPTH", 600)), Module("ring_bank", ("DEPTH", 50), ("BITS", 20)),
            Module("mac_array", ("A_BITS", 16), ("W_BITS", 16), ("ACC_BITS", 34)),
            Module("mac_array", ("A_BITS", 8), ("W_BITS", 8), ("ACC_BITS", 22), ("PACKED", 1)),
        ];
        var synthesizer = new Synthesizer(new BuildCache(folder.File("cache"), 100));
        var (modules, _) = await synthesizer.AllAsync(library, tops, true, CancellationToken.None);
        var model = ResourceModel.Of(library);
        Assert.Multiple(() =>
        {
            foreach (var (module, synthesis) in modules)
            {
                var estimate = model.Own(module.Name, model.ParametersOf(module));
                Assert.That((synthesis.Own.Dsp, synthesis.Own.Bram18, synthesis.Own.LutRam), Is.EqualTo((estimate.Dsp, estimate.Bram18, estimate.LutRam)), module.Text);
                var children = model.Children(module.Name, module.Integers()).SelectMany(child => Enumerable.Repeat(child.Module, (int)child.Count));
                Assert.That(synthesis.Children.Select(child => child.Configuration.Name), Is.EquivalentTo(children), module.Text);
            }
            Assert.That(modules.Keys.Select(module => module.Name), Does.Contain("memory_sdp").And.Contain("ring_bank"));
        });
        var cached = await new Synthesizer(new BuildCache(folder.File("cache"), 100)).AllAsync(library, tops, true, CancellationToken.None);
        Assert.That(cached.Modules.Values.Select(module => module.Own), Is.EquivalentTo(modules.Values.Select(module => module.Own)));
    }

    // In a run of Yosys with others it would take other LUTs (decision 0032).
    [Test]
    public async Task AllAsync_ModuleBesideOthers_TakesWhatItTakesAlone()
    {
        RequiredTools.Check("yosys");
        using var folder = new TemporaryFolder();
        var library = RtlLibrary.FromFiles(folder.File("."), Directory.EnumerateFiles(VerilogBench.Primitives, "*.v").Order(StringComparer.Ordinal));
        var encoder = Module("rfc_encoder", ("BITS", 8), ("WIDTH", 4));
        var others = new[] { 2, 3, 5 }.Select(bits => Module("rfc_encoder", ("BITS", bits), ("WIDTH", 4)));
        Task<(Dictionary<ModuleConfiguration, ModuleSynthesis> Modules, string)> All(string cache, IEnumerable<ModuleConfiguration> modules) =>
            new Synthesizer(new BuildCache(folder.File(cache), 100)) { Jobs = 1 }.AllAsync(library, modules, false, CancellationToken.None);
        var alone = (await All("alone", [encoder])).Modules[encoder];
        var beside = (await All("beside", [.. others, encoder])).Modules[encoder];
        Assert.That(beside.Own, Is.EqualTo(alone.Own));
    }

    // Which operand the carry chain gets is Yosys's choice, and the wrong one costs a second LUT for each bit of a sum.
    [Test]
    public async Task AllAsync_SumsInFabric_TakeALutABit([Values(1, 3)] int lanes, [Values(16, 17)] int accBits)
    {
        RequiredTools.Check("yosys");
        using var folder = new TemporaryFolder();
        var library = RtlLibrary.FromFiles(folder.File("."), Directory.EnumerateFiles(VerilogBench.Primitives, "*.v").Order(StringComparer.Ordinal));
        var array = Module("mac_array", ("COLUMNS", 1), ("LANES", lanes), ("A_BITS", 8), ("W_BITS", 8), ("ACC_BITS", accBits), ("FABRIC", 1));
        var (modules, _) = await new Synthesizer(new BuildCache(folder.File("cache"), 100)).AllAsync(library, [array], false, CancellationToken.None);
        const int Control = 3;
        Assert.That(modules[array].Own.Lut, Is.EqualTo((lanes * accBits) + Control));
    }

    // Wide multiplexers (MUXF7, MUXF8) where they save LUTs, and only there: by Yosys's own choice they take 254, 510 and 750 LUTs.
    [TestCase("word_chunks", 19, 1, 126)]
    [TestCase("word_chunks", 19, 4, 350)]
    [TestCase("finish", 16, 2, 528)]
    public async Task AllAsync_Multiplexers_AreWideOnlyWhereThatSavesLuts(string name, int lanes, int width, int luts)
    {
        RequiredTools.Check("yosys");
        using var folder = new TemporaryFolder();
        var library = RtlLibrary.FromFiles(folder.File("."), Directory.EnumerateFiles(VerilogBench.Primitives, "*.v").Order(StringComparer.Ordinal));
        var module = Module(name, ("LANES", lanes), ("WIDTH", width), ("BITS", 16));
        var (modules, _) = await new Synthesizer(new BuildCache(folder.File("cache"), 100)).AllAsync(library, [module], false, CancellationToken.None);
        Assert.That(modules[module].Own.Lut, Is.LessThanOrEqualTo(luts));
    }

    private static ModuleConfiguration Module(string name, params (string Name, int Value)[] parameters) => ModuleConfiguration.Of(
        name, parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
