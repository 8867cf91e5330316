using Hypgcn.Configuration;

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
            Hardware = new HardwareConfiguration { Blocks = [new BlockHardware { ArrayChannels = 32 }, BlockHardware.Standard] },
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
              "hardware": { "pool_width": 3, "defaults": { "array_channels": 24 }, "blocks": [ {}, { "joint_lanes": 0 } ] } }
            """;

        Assert.That(
            () => ConfigurationFile.Parse("a.json", Json),
            Throws.TypeOf<ConfigurationException>().With.Property(nameof(ConfigurationException.Problems)).EqualTo(new[]
            {
                "a.json: name: '9'; a name is a letter, then letters, digits, '-' and '_', 64 at most. Choose such a name.",
                "a.json: strides[1]: 9; it must be 1 to 8. Change it or leave out all strides.",
                "a.json: clock_mhz: 0; it must be 1 to 1000. Change it or leave it out for the default.",
                "a.json: hardware.pool_width: 3; it must be 1, 2, 4, 8, 16. Change it or leave it out for the default.",
                "a.json: hardware.defaults.array_channels: 24; it must be 1, 2, 4, 8 or a multiple of 16 up to 1024. Change it or leave it out for the default.",
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
    public void Resolve_BlockOverDefaultsOverStandard()
    {
        var hardware = new HardwareConfiguration
        {
            Defaults = new BlockHardware { JointLanes = 2, ArrayChannels = 8 },
            Blocks = [new BlockHardware { ArrayChannels = 32 }],
        };

        var blocks = hardware.Resolve(2);

        Assert.That(
            blocks.Select(b => (b.JointLanes, b.ArrayChannels, b.MiddleFifoFrames)),
            Is.EqualTo(new (int?, int?, int?)[] { (2, 32, 2), (2, 8, 2) }));
    }

    [Test]
    public void Resolve_MoreEntriesThanBlocks_Throws() => Assert.That(
        () => new HardwareConfiguration { Blocks = [new(), new()] }.Resolve(1),
        Throws.TypeOf<ConfigurationException>().With.Message.StartsWith("hardware.blocks: 2 entries; the network has 1 blocks."));
}
