using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Pruning;

namespace Hypgcn.Tests.Configuration;

public sealed class PruningConfigurationTests
{
    private static readonly ModelGraph Model = new SmallNetwork().Build();

    [Test]
    public void Parse_ScheduleThatIsWrong_ListsEverything()
    {
        const string Json = """
            { "pruning": { "preset": "5x", "graph_skip": 1.5, "pattern": "1of9", "importance": "size",
              "blocks": [ { "channels": 3, "channel_share": 0.5 }, { "channels": 0, "tap_sets": [ [0, 0], [] ] }, null, { "pattern": "all", "tap_sets": [] } ] } }
            """;

        Assert.That(
            () => ConfigurationFile.Parse("a.json", Json),
            Throws.TypeOf<ConfigurationException>().With.Property(nameof(ConfigurationException.Problems)).EqualTo(new[]
            {
                "a.json: pruning.graph_skip: 1.5; it must be 0 to 1. Change it or leave it out for the default.",
                "a.json: pruning.blocks[1].channels: 0; it must be 1 to 4096. Change it or leave it out for the default.",
                "a.json: pruning.blocks[2]: it is null; an entry is an object. Write {} for an entry without keys.",
                "a.json: pruning.preset: '5x'; it must be 3.0x, 4.5x, 6.0x, 8.4x. Choose one or leave it out.",
                "a.json: pruning.pattern: '1of9'; it must be 2of9 to 7of9 with -loop4, -loop8 or -loop16, or all. Choose one, or give tap_sets.",
                "a.json: pruning.importance: 'size'; it must be contribution or weight. Choose one or leave it out.",
                "a.json: pruning.blocks[0]: channels is 3 and channel_share 0.5; only one of them can count. Remove one.",
                "a.json: pruning.blocks[1].tap_sets[0]: [0, 0]; it must hold one tap or more, each once, counted from 0. Filters without taps are dropped by the channels.",
                "a.json: pruning.blocks[1].tap_sets[1]: []; it must hold one tap or more, each once, counted from 0. Filters without taps are dropped by the channels.",
                "a.json: pruning.blocks[3]: pattern is 'all' and tap_sets are given too; only one of them can count. Remove one.",
                "a.json: pruning.blocks[3].tap_sets: 0 sets; a loop has 1 to 64 filters. Give the taps of each.",
            }));
    }

    [Test]
    public void Resolve_Nothing_KeepsEverything()
    {
        PruningSchedule schedule = new PruningConfiguration().Resolve(Model, 8);

        Assert.That(schedule.Blocks.Select(b => (b.Channels, b.Pattern.Name)), Is.EqualTo(new[] { (3, "all"), (8, "all"), (8, "all") }));
        Assert.That((schedule.LastFilters, schedule.Shortcuts), Is.EqualTo((12, false)));
    }

    [Test]
    public void Resolve_SharesAndNumbers_PerBlock()
    {
        PruningConfiguration pruning = ConfigurationFile.Parse("a.json", """
            { "pruning": { "pattern": "3of9-loop8", "last_filter_share": 0.5, "shortcuts": true,
              "blocks": [ { "channels": 2 }, { "channel_share": 0.3 }, { "channel_share": 0, "tap_sets": [ [8, 0], [4] ] } ] } }
            """).Pruning!;

        PruningSchedule schedule = pruning.Resolve(Model, 8);

        Assert.That(schedule.Blocks.Select(b => (b.Channels, b.Pattern.Name)), Is.EqualTo(new[] { (2, "3of9-loop8"), (2, "3of9-loop8"), (1, "own") }));
        Assert.That((schedule.LastFilters, schedule.Shortcuts), Is.EqualTo((6, true)));
        Assert.That(schedule.Blocks[2].Pattern.Sets, Is.EqualTo(new[] { new[] { 0, 8 }, [4] }));
    }

    [Test]
    public void Resolve_KeysBesideAPreset_Win()
    {
        PruningSchedule preset = new PruningConfiguration { Preset = "6.0x" }.Resolve(Model, 8);
        PruningSchedule changed = new PruningConfiguration { Preset = "6.0x", GraphSkip = 0.3, LastFilterShare = 1 }.Resolve(Model, 8);

        Assert.That(preset.Blocks.Select(b => b.Pattern.Name), Is.All.EqualTo("3of9-loop8"));
        Assert.That(preset.LastFilters, Is.EqualTo(6));
        Assert.That(changed.Blocks.Select(b => b.Pattern.Name), Is.All.EqualTo("3of9-loop8"));
        Assert.That(changed.LastFilters, Is.EqualTo(12));
        Assert.That(changed.Blocks[1].Channels, Is.GreaterThan(preset.Blocks[1].Channels));
    }

    [Test]
    public void Resolve_MoreEntriesThanBlocks_Throws() => Assert.That(
        () => new PruningConfiguration { Blocks = [new(), new(), new(), new()] }.Resolve(Model, 8),
        Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(
            "pruning.blocks: 4 entries; the network has 3 blocks. Remove the entries beyond."));

    [TestCase(null, false, ImportanceKind.Weight)]
    [TestCase(null, true, ImportanceKind.Contribution)]
    [TestCase("weight", true, ImportanceKind.Weight)]
    [TestCase("contribution", true, ImportanceKind.Contribution)]
    public void ResolveImportance_ByFeatures(string? importance, bool hasFeatures, ImportanceKind expected) => Assert.That(
        new PruningConfiguration { Importance = importance }.ResolveImportance(hasFeatures), Is.EqualTo(expected));
}
