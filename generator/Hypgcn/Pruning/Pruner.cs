using Hypgcn.Models;

namespace Hypgcn.Pruning;

/// <summary>Hybrid pruning: which channels, filters and taps of a network stay.</summary>
public static class Pruner
{
    /// <summary>Plans the three steps: spatial input channels, the temporal filters that follow from them, taps.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="schedule">How much of it stays.</param>
    /// <param name="activity">Measured features; null judges by weights alone.</param>
    /// <returns>One plan per block.</returns>
    /// <exception cref="HypgcnException">The schedule does not fit the network: everything that does not, in the network's order.</exception>
    public static IReadOnlyList<BlockPlan> Plan(ModelGraph model, PruningSchedule schedule, ChannelActivity? activity = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(schedule);
        Check(model, schedule);
        var inputs = model.Blocks.Select((_, b) => Best(ChannelImportance.Inputs(model, b, activity), schedule.Blocks[b].Channels)).ToArray();
        var lastFilters = Best(ChannelImportance.LastFilters(model, activity), schedule.LastFilters);
        return [.. model.Blocks.Select((block, b) => new BlockPlan
        {
            Inputs = inputs[b],
            Taps = Taps(b + 1 < inputs.Length ? inputs[b + 1] : lastFilters, schedule.Blocks[b].Pattern, block.Temporal.Kernel),
            PrunesShortcuts = schedule.Shortcuts,
        })];
    }

    /// <summary>The most important ones; of equal ones the first.</summary>
    private static bool[] Best(double[] importance, int count)
    {
        var kept = new bool[importance.Length];
        foreach (var n in Enumerable.Range(0, kept.Length).OrderByDescending(n => importance[n]).Take(count))
        {
            kept[n] = true;
        }
        return kept;
    }

    private static IReadOnlyList<int>[] Taps(bool[] filters, TapPattern pattern, int kernel)
    {
        var n = 0;
        return [.. filters.Select(kept => kept ? pattern.Taps(n++, kernel) : [])];
    }

    private static void Check(ModelGraph model, PruningSchedule schedule)
    {
        if (schedule.Blocks.Count != model.Blocks.Count)
        {
            throw new ArgumentException($"{schedule.Blocks.Count} entries for {model.Blocks.Count} blocks.", nameof(schedule));
        }
        var problems = new List<string>();
        foreach (var (block, entry, number) in model.Blocks.Zip(schedule.Blocks, Enumerable.Range(0, model.Blocks.Count)))
        {
            var (kernel, pattern) = (block.Temporal.Kernel, entry.Pattern);
            if (entry.Channels < 1 || entry.Channels > block.InputChannels)
            {
                problems.Add($"pruning.blocks[{number}].channels: {entry.Channels}; the block reads {block.InputChannels} and keeps 1 or more. Use 1 to {block.InputChannels}.");
            }
            if (pattern.Kernel is { } made && made != kernel)
            {
                problems.Add($"pruning: pattern {pattern.Name} is for {made} taps; block {number + 1} has {kernel}. Give tap_sets instead, or '{TapPattern.AllTaps}'.");
            }
            else if (pattern.Sets.Count > 0 && pattern.Sets.Max(set => set[^1]) is var greatest && greatest >= kernel)
            {
                problems.Add($"pruning: tap_sets have tap {greatest}; block {number + 1} has taps 0 to {kernel - 1}. Remove it, or give the block tap_sets of its own.");
            }
        }
        var filters = model.Blocks[^1].OutputChannels;
        if (schedule.LastFilters < 1 || schedule.LastFilters > filters)
        {
            problems.Add($"pruning: {schedule.LastFilters} filters of the last block; it has {filters} and keeps 1 or more. Use 1 to {filters}.");
        }
        if (problems.Count > 0)
        {
            throw new HypgcnException(string.Join(Environment.NewLine, problems));
        }
    }
}
