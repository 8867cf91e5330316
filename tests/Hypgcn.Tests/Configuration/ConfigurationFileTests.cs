using Hypgcn.Configuration;
using Hypgcn.Hardware;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Configuration;

[TestFixture]
public sealed class ConfigurationFileTests
{
    [Test]
    public void Parse_EmptyObject_IsTheDefault()
    {
        var configuration = ConfigurationFile.Parse("test", "{}");

        Assert.That(ConfigurationFile.ToJson(configuration), Is.EqualTo(ConfigurationFile.ToJson(new AcceleratorConfiguration())));
    }

    [Test]
    public void ToJson_EveryKeySet_ReadsBack()
    {
        var configuration = new AcceleratorConfiguration
        {
            Strides = [1, 2],
            Persons = 2,
            Pruning = new PruningConfiguration
            {
                Preset = "6.0x",
                GraphSkip = 0.5,
                LastFilterShare = 0.25,
                Importance = "weight",
                Shortcuts = true,
                TapSets = [[0, 3], [1]],
                Blocks = [new BlockPruning { Channels = 2, Pattern = "all" }, new BlockPruning { ChannelShare = 0.5 }],
            },
            Hardware = new HardwareConfiguration { Blocks = [new BlockHardware { ArrayChannels = 32 }, BlockHardware.Of(new BlockParameters())] },
            Formats = new FormatChoice { Formats = Hypgcn.Quantization.QuantizationFormats.Uniform(new SmallNetwork().Build(), 16, 9) },
        };

        var json = ConfigurationFile.ToJson(configuration);

        Assert.That(ConfigurationFile.ToJson(ConfigurationFile.Parse("test", json)), Is.EqualTo(json));
    }

    [Test]
    public void Parse_ValuesOutOfRange_ListsAllInFileOrder()
    {
        const string Json = """
            { "name": "9", "clock_mhz": 0, "strides": [1, 9],
              "hardware": { "pool_width": 3, "defaults": { "array_channels": 2000 }, "blocks": [ {}, { "joint_lanes": 0 } ] } }
            """;

        Assert.That(
            () => ConfigurationFile.Parse("a.json", Json),
            Throws.TypeOf<ConfigurationException>().With.Property(nameof(ConfigurationException.Problems)).EqualTo(new[]
            {
                "a.json: name: '9'; a name is a letter, then letters, digits, '-' and '_', 64 at most. Choose such a name.",
                "a.json: strides[1]: 9; it must be 1 to 8. Change it or leave out all strides.",
                "a.json: clock_mhz: 0; it must be 1 to 1000. Change it or leave it out for the default.",
                "a.json: hardware.pool_width: 3; it must be 1, 2, 4, 8. Change it or leave it out for the default.",
                "a.json: hardware.defaults.array_channels: 2000; it must be 1 to 1024. Change it or leave it out for the default.",
                "a.json: hardware.blocks[1].joint_lanes: 0; it must be 1 to 64. Change it or leave it out for the default.",
            }));
    }

    [TestCase("""{ "clock": 3 }""", "'clock'")]
    [TestCase("""{ "hardware": { "blocks": [ { "lanes": 3 } ] } }""", "'lanes'")]
    [TestCase("""{ "formats": "q4.4" }""", "q4.4")]
    [TestCase("""{ "formats": { "clip": 3 } }""", "QuantizationFormats")]
    [TestCase("""{ "name": null }""", "name")]
    [TestCase("{", "")]
    [TestCase("null", "null")]
    public void Parse_Malformed_NamesTheCulprit(string json, string culprit) => Assert.That(
        () => ConfigurationFile.Parse("a.json", json),
        Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("a.json: ").And.Message.Contains(culprit));

    [Test]
    public void Resolve_BlockOverDefaultsOverBalanced()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        var hardware = new HardwareConfiguration
        {
            Multipliers = 100,
            Defaults = new BlockHardware { JointLanes = 2, ArrayChannels = 8 },
            Blocks = [new BlockHardware { ArrayChannels = 4 }],
        };

        var resolved = hardware.Resolve(model, counters: true);
        var balanced = new HardwareConfiguration { Multipliers = 100 }.Resolve(model, counters: true);

        Assert.That(
            resolved.Blocks.Select(b => (b.JointLanes, b.ArrayChannels)),
            Is.EqualTo(model.Blocks.Select((_, b) => (2, b == 0 ? 4 : 8))));
        Assert.That(
            resolved.Blocks.Select(b => (b.TemporalGroups, b.TemporalColumns)),
            Is.EqualTo(balanced.Blocks.Select(b => (b.TemporalGroups, b.TemporalColumns))));
        Assert.That(new AcceleratorDesign("d", model, balanced).Multipliers, Is.LessThanOrEqualTo(100));
    }

    [Test]
    public void Resolve_WrittenOut_GivesTheSame()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        var hardware = new HardwareConfiguration { Multipliers = 100 };
        var parameters = hardware.Resolve(model, counters: true);

        var again = hardware.With(parameters).Resolve(model, counters: true);

        Assert.That(again.Blocks, Is.EqualTo(parameters.Blocks));
        Assert.That((again.PoolWidth, again.ClassifierLanes), Is.EqualTo((parameters.PoolWidth, parameters.ClassifierLanes)));
    }

    [Test]
    public void Resolve_BudgetTooSmall_SaysByHowMuch()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        Assert.That(
            () => new HardwareConfiguration { Multipliers = 1 }.Resolve(model, counters: true),
            Throws.TypeOf<HypgcnException>().With.Message.Match(
                @"^multipliers: the budget is 1; the network needs at least (\d+)\. Raise the budget by \d+\.$"));
    }

    [Test]
    public void Resolve_MoreEntriesThanBlocks_Throws()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        var blocks = Enumerable.Repeat(new BlockHardware(), model.Blocks.Count + 1).ToList();
        Assert.That(
            () => new HardwareConfiguration { Blocks = blocks }.Resolve(model, counters: true),
            Throws.TypeOf<ConfigurationException>().With.Message.StartsWith($"hardware.blocks: {blocks.Count} entries; the network has {model.Blocks.Count} blocks."));
    }
}
