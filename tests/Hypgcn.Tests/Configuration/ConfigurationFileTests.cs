using Hypgcn.Configuration;
using Hypgcn.Hardware;
using Hypgcn.Quantization;
using Hypgcn.Sparsity;
using Hypgcn.Tests.Models;

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
            Stream = "bone",
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
            Sparsity = new NetworkSparsity { Clips = 1, Blocks = [new BlockSparsity { Spatial = Zeros(40), Middle = Zeros(3), Residual = Zeros(7) }] },
            Formats = new FormatChoice { Formats = Hypgcn.Quantization.QuantizationFormats.Uniform(new SmallNetwork().Build(), 16, 9) },
        };

        var json = ConfigurationFile.ToJson(configuration);

        Assert.That(ConfigurationFile.ToJson(ConfigurationFile.Parse("test", json)), Is.EqualTo(json));
    }

    [Test]
    public void Parse_ValuesOutOfRange_ListsAllInFileOrder()
    {
        const string Json = """
            { "name": "9", "stream": "Bones", "clock_mhz": 0, "strides": [1, 9],
              "hardware": { "pool_width": 3, "defaults": { "array_channels": 2000 }, "blocks": [ {}, { "joint_lanes": 0 } ] } }
            """;

        Assert.That(
            () => ConfigurationFile.Parse("a.json", Json),
            Throws.TypeOf<ConfigurationException>().With.Property(nameof(ConfigurationException.Problems)).EqualTo(new[]
            {
                "a.json: name: '9'; a name is a letter, then letters, digits, '-' and '_', 64 at most. Choose such a name.",
                "a.json: stream: 'Bones'; it must be joint or bone. Choose one or leave it out for joint.",
                "a.json: strides[1]: 9; it must be 1 to 8. Change it or leave out all strides.",
                "a.json: clock_mhz: 0; it must be 1 to 1000. Change it or leave it out for the default.",
                "a.json: hardware.pool_width: 3; it must be 1, 2, 4, 8. Change it or leave it out for the default.",
                "a.json: hardware.defaults.array_channels: 2000; it must be 1 to 1024. Change it or leave it out for the default.",
                "a.json: hardware.blocks[1].joint_lanes: 0; it must be 1 to 64. Change it or leave it out for the default.",
            }));
    }

    [Test]
    public void Parse_PartThatIsNoName_SaysWhatAPartIs() => Assert.That(
        () => ConfigurationFile.Parse("a.json", """{ "part": "a b" }"""),
        Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(
            "a.json: part: 'a b'; a part is letters, digits, '-', '.' and '_', as Vivado names it. Write such a name or leave it out for the default."));

    [TestCase("8", "8")]
    [TestCase("[8]", "8")]
    [TestCase("[8, 16]", "[\n    8,\n    16\n  ]")]
    public void Parse_BlockFeatureBits_NumberOrList(string json, string written)
    {
        var configuration = ConfigurationFile.Parse("test", $"{{ \"block_feature_bits\": {json} }}");

        Assert.That(ConfigurationFile.ToJson(configuration), Does.Contain($"\"block_feature_bits\": {written},"));
    }

    [TestCase("""{ "block_feature_bits": "8" }""", "the value of block_feature_bits is neither a whole number nor a list of them ($.block_feature_bits, line 1, byte 28)")]
    [TestCase("""{ "clock": 3 }""", "the key 'clock' is unknown ($.clock, line 1, byte 11)")]
    [TestCase("{\n  \"hardware\": { \"blocks\": [ { \"lanes\": 3 } ] } }", "the key 'lanes' is unknown ($.hardware.blocks[0].lanes, line 2, byte 39)")]
    [TestCase("""{ "formats": "q4.4" }""", "the preset 'q4.4' is not 'q8.8', the only one ($.formats, line 1, byte 20)")]
    [TestCase("""{ "formats": { "clip": 3 } }""", "the keys 'feature_bits', 'input_scale', 'input', 'blocks', 'classifier' are missing (line 1, byte 14)")]
    [TestCase("""{ "name": null }""", "null is no value here ($.name, line 1, byte 15)")]
    [TestCase("""{ "frames": 1, "frames": 2 }""", "a key is there twice ($.frames, line 1, byte 27)")]
    [TestCase("""{ "frames": "x" }""", "the value is of another type ($.frames, line 1, byte 16)")]
    [TestCase("""{ "sparsity": { "clips": 1, "blocks": [ { "spatial": { "banks": 1 } } ] } }""", "the value is not a list of whole numbers ($.sparsity.blocks[0].spatial.banks, line 1, byte 66)")]
    [TestCase("""{ "sparsity": { "clips": 1, "blocks": [ { "spatial": { "banks": [1.5] } } ] } }""", "the list holds something other than whole numbers, or one too large ($.sparsity.blocks[0].spatial.banks, line 1, byte 69)")]
    public void Parse_Malformed_NamesTheCulprit(string json, string what) => Assert.That(
        () => ConfigurationFile.Parse("a.json", json),
        Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(
            $"a.json: {what}; a configuration is the JSON of docs/accelerator.schema.json. Compare with it."));

    [Test]
    public void Parse_CutOrDeep_SaysWhere()
    {
        // The words before the place are those of System.Text.Json.
        Assert.That(() => ConfigurationFile.Parse("a.json", "{"), Throws.TypeOf<ConfigurationException>().With.Message.Matches(
            @"^a\.json: .+ \(line 1, byte 2\); a configuration is the JSON of docs/accelerator\.schema\.json\. Compare with it\.$"));
        Assert.That(() => ConfigurationFile.Parse("a.json", "{ \"strides\": " + new string('[', 100)), Throws.TypeOf<ConfigurationException>().With.Message.Matches(
            @"^a\.json: .+ \(\$\.strides(\[0\])?, line 1, byte \d+\); a configuration is the JSON of docs/accelerator\.schema\.json\. Compare with it\.$"));
    }

    [TestCase("null", "it is null; a configuration is an object. Make one with hypgcn new.")]
    [TestCase("""{ "checkpoint": "" }""", "checkpoint: it is empty; a name or path is needed. Fill it in or leave it out for the default.")]
    [TestCase("""{ "graph": "a\u001bb" }""", "graph: 'a\\u001bb'; a name or path has no control characters. Change it or leave it out for the default.")]
    [TestCase("""{ "hardware": { "blocks": [ null ] } }""", "hardware.blocks[0]: it is null; an entry is an object. Write {} for an entry without keys.")]
    [TestCase("""{ "sparsity": { "clips": 1, "blocks": [ null ] } }""", "sparsity.blocks[0]: it is null; an entry is an object. Run hypgcn quantize again.")]
    [TestCase("""{ "formats": { "feature_bits": 16, "clip": 1, "input_scale": 1, "input": 1, "classifier": 1, "blocks": [ null ] } }""", "formats.blocks[0]: it is null; an entry is an object. Run hypgcn quantize again.")]
    [TestCase("""{ "formats": { "feature_bits": 17, "clip": 1, "input_scale": 1, "input": 1, "classifier": 1, "blocks": [] } }""", "formats.feature_bits: 17; it must be 4 to 16. Run hypgcn quantize again.")]
    public void Parse_WrongValue_SaysWhichAndWhy(string json, string expected) => Assert.That(
        () => ConfigurationFile.Parse("a.json", json), Throws.TypeOf<ConfigurationException>().With.Message.EqualTo($"a.json: {expected}"));

    [TestCase("strides")]
    [TestCase("hardware.blocks")]
    [TestCase("pruning.blocks")]
    public void Parse_ListThatIsTooLong_IsOneProblem(string key)
    {
        string list = $"[{string.Join(", ", Enumerable.Repeat(key == "strides" ? "9" : "null", 1001))}]";
        string json = key.Split('.').Reverse().Aggregate(list, (inner, name) => $"{{ \"{name}\": {inner} }}");
        Assert.That(() => ConfigurationFile.Parse("a.json", json), Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(
            $"a.json: {key}: 1001 entries; a list has at most 1000. Remove the entries beyond."));
    }

    [Test]
    public void Write_FolderMissing_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("none/a.json");
        Assert.That(() => ConfigurationFile.Write(path, new AcceleratorConfiguration()), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{path}: the file cannot be written (Could not find a part of the path '{path}.tmp'); the folder must exist and be writable. Choose another path."));
    }

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
    public void Resolve_Sparsity_GivesDepthsThatAreWrittenOut()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        var sparsity = new NetworkSparsity
        {
            Clips = 1,
            Blocks = [.. model.Blocks.Select(_ => new BlockSparsity { Spatial = Zeros(2), Middle = Zeros(1000), Residual = Zeros(8) })],
        };
        var hardware = new HardwareConfiguration { Multipliers = 100, Defaults = new BlockHardware { SpatialFifoFrames = 20 }, Blocks = [new BlockHardware { MiddleFifoWords = [5, 4, 3, 2] }] };

        var resolved = hardware.Resolve(model, counters: true, sparsity);

        Assert.Multiple(() =>
        {
            Assert.That(resolved.Blocks.Select(b => b.SpatialFifoWords), Is.All.EqualTo(RfcWords.All(64)), "100 banks; the peak of 21 frames and the rest of the LUTs");
            Assert.That(resolved.Blocks.Select(b => b.MiddleFifoWords), Is.EqualTo(new RfcWords?[] { new(5, 4, 3, 2), null, null }));
            Assert.That(hardware.With(resolved).Resolve(model, counters: true).Blocks, Is.EqualTo(resolved.Blocks));
            Assert.That(
                (hardware with { Rfc = new RfcConfiguration { Lossless = true } }).Fifos(model, sparsity).All(block => block.Rules.IsLossless));
            Assert.That(hardware.Fifos(model, sparsity).Select(block => block.Rules.Middle?.Words[0]), Is.EqualTo(new int?[] { 5, null, null }));
        });
    }

    [Test]
    public void Fifos_DepthsOutOfRange_ListsAll()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        var hardware = new HardwareConfiguration { Blocks = [new BlockHardware { MiddleFifoWords = [0, 6, 7, 1] }] };
        Assert.That(() => hardware.Fifos(model, null), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "hardware.blocks[0].middle_fifo_words[0] is 0; it must be 1 to 6. Choose a value in that range. "
            + "hardware.blocks[0].middle_fifo_words[2] is 7; it must be 1 to 6. Choose a value in that range."));
    }

    [Test]
    public void Fifos_SparsityOfAnotherNetwork_Throws()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        Assert.That(
            () => new HardwareConfiguration().Fifos(model, new NetworkSparsity { Clips = 1, Blocks = [] }),
            Throws.TypeOf<ConfigurationException>().With.Message.EqualTo("sparsity.blocks: 0 entries; the network has 3 blocks. Run hypgcn quantize again."));
    }

    [Test]
    public void Parse_EditedSparsityAndDepths_ListsAll()
    {
        const string Json = """
            { "sparsity": { "clips": 1, "blocks": [ {
                "residual": { "banks": [-1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0], "words0": [1], "words1": [1], "words2": [1], "words3": [1] },
                "spatial": { "banks": [1], "words0": [1], "words1": [1], "words2": [1], "words3": [1] },
                "middle": { "banks": [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0], "words0": [1], "words1": [3, 2], "words2": [1], "words3": [1] } } ] },
              "hardware": { "rfc": { "margin_percent": -1 }, "blocks": [ { "middle_fifo_words": [1, 2] } ] } }
            """;

        Assert.That(
            () => ConfigurationFile.Parse("a.json", Json),
            Throws.TypeOf<ConfigurationException>().With.Property(nameof(ConfigurationException.Problems)).EqualTo(new[]
            {
                "a.json: sparsity.blocks[0].spatial: banks has 1 counts; there are 17. Run hypgcn quantize again.",
                "a.json: sparsity.blocks[0].middle: words1 is empty, negative or decreases; a longer window needs as many words at least. Run hypgcn quantize again.",
                "a.json: sparsity.blocks[0].residual: banks counts -1; a count is 0 to 281474976710656. Run hypgcn quantize again.",
                "a.json: hardware.rfc.margin_percent: -1; it must be 0 to 1000. Change it or leave it out for the default.",
                "a.json: hardware.blocks[0].middle_fifo_words: 2 numbers; an RFC FIFO has 4 mini-banks. Give one number for each.",
            }));
    }

    private static FifoSparsity Zeros(int words) => new()
    {
        Banks = new long[17], Words0 = [words], Words1 = [words], Words2 = [words], Words3 = [words],
    };

    [Test]
    public void Resolve_BudgetTooSmall_SaysByHowMuch()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        Assert.That(
            () => new HardwareConfiguration { Multipliers = 1 }.Resolve(model, counters: true),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo("multipliers: the budget is 1; the network needs at least 14. Raise the budget by 13."));
    }

    [Test]
    public void Resolve_MoreEntriesThanBlocks_Throws()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        var blocks = Enumerable.Repeat(new BlockHardware(), model.Blocks.Count + 1).ToList();
        Assert.That(
            () => new HardwareConfiguration { Blocks = blocks }.Resolve(model, counters: true),
            Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(
                $"hardware.blocks: {blocks.Count} entries; the network has {model.Blocks.Count} blocks. Remove the entries beyond."));
    }
}
