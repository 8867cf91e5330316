using Hypgcn.Models.Formats;
using Hypgcn.Pruning;

namespace Hypgcn.Configuration;

/// <summary>What is wrong with a pruning schedule beyond ranges of numbers, in file order.</summary>
internal static class PruningRules
{
    private const int MostSets = 64;
    private const int MostTaps = 64;

    public static void Check(string key, PruningConfiguration pruning, List<string> problems)
    {
        if (pruning.Preset is { } preset && PruningPreset.Named(preset) is null)
        {
            problems.Add($"{key}.preset: {Problem.Quoted(preset)}; it must be {string.Join(", ", PruningPreset.All.Select(p => p.Name))}. Choose one or leave it out.");
        }
        CheckTaps(key, pruning.Pattern, pruning.TapSets, problems);
        if (pruning.Importance is { } importance && importance is not ("contribution" or "weight"))
        {
            problems.Add($"{key}.importance: {Problem.Quoted(importance)}; it must be contribution or weight. Choose one or leave it out.");
        }
        // A longer list is reported as such.
        for (var b = 0; b < Math.Min(pruning.Blocks.Count, 1000); b++)
        {
            // A null entry is reported with the ranges.
            var (block, name) = (pruning.Blocks[b] ?? new BlockPruning(), FormattableString.Invariant($"{key}.blocks[{b}]"));
            if (block is { Channels: { } channels, ChannelShare: { } share })
            {
                problems.Add(FormattableString.Invariant(
                    $"{name}: channels is {channels} and channel_share {share}; only one of them can count. Remove one."));
            }
            CheckTaps(name, block.Pattern, block.TapSets, problems);
        }
    }

    private static void CheckTaps(string key, string? pattern, IReadOnlyList<IReadOnlyList<int>>? sets, List<string> problems)
    {
        if (pattern is not null && sets is not null)
        {
            problems.Add($"{key}: pattern is {Problem.Quoted(pattern)} and tap_sets are given too; only one of them can count. Remove one.");
        }
        if (pattern is not null && TapPattern.Named(pattern) is null)
        {
            problems.Add($"{key}.pattern: {Problem.Quoted(pattern)}; it must be 2of9 to 7of9 with -loop4, -loop8 or -loop16, or {TapPattern.AllTaps}. Choose one, or give tap_sets.");
        }
        if (sets is { Count: < 1 or > MostSets })
        {
            problems.Add($"{key}.tap_sets: {sets.Count} sets; a loop has 1 to {MostSets} filters. Give the taps of each.");
        }
        for (var n = 0; n < Math.Min(sets?.Count ?? 0, MostSets); n++)
        {
            var set = sets![n] ?? [];
            if (set.Count == 0 || set.Distinct().Count() != set.Count || set.Any(tap => tap is < 0 or >= MostTaps))
            {
                problems.Add($"{key}.tap_sets[{n}]: [{string.Join(", ", set)}]; it must hold one tap or more, each once, counted from 0. Filters without taps are dropped by the channels.");
            }
        }
    }
}
