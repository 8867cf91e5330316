using Hypgcn.Models;

namespace Hypgcn.Pruning;

/// <summary>Spreads a target for the whole network over its blocks.</summary>
public static class GraphSkipTarget
{
    /// <summary>
    /// Channels kept per block so that the share of graph work skipped is close to a target: all blocks that are open keep
    /// the same share, rounded down to whole channels; what that leaves of the budget is given back a channel at a time, to the
    /// blocks whose rounding lost most first.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="frames">T; later blocks see fewer frames, so their channels are less work.</param>
    /// <param name="target">Share of graph work to skip, 0 to 1.</param>
    /// <param name="given">Channels of blocks that are settled, null for those that are open.</param>
    /// <exception cref="HypgcnException">The open blocks cannot reach the target.</exception>
    public static IReadOnlyList<int> Spread(ModelGraph model, int frames, double target, IReadOnlyList<int?> given)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(given);
        var macs = ModelSummary.Of(model, frames, 1).Blocks;
        var work = macs.Select(block => (double)block.GraphMacs / block.InputChannels).ToArray();
        int[] open = [.. Enumerable.Range(0, work.Length).Where(b => given[b] is null)];
        var total = macs.Sum(block => (double)block.GraphMacs);
        var settled = Enumerable.Range(0, work.Length).Sum(b => work[b] * (given[b] ?? 0));
        var budget = (total * (1 - target)) - settled;
        CheckReachable(target, total, settled, [.. open.Select(b => (work[b], model.Blocks[b].InputChannels))]);

        var share = budget / open.Sum(b => (double)macs[b].GraphMacs);
        var kept = given.Select((count, b) => count ?? Math.Clamp((int)(share * model.Blocks[b].InputChannels), 1, model.Blocks[b].InputChannels)).ToArray();
        var left = budget - open.Sum(b => work[b] * kept[b]);
        // First what fits into the budget, then one more channel where half of it does.
        foreach (var most in new[] { 1, 2 })
        {
            foreach (var b in open.OrderByDescending(b => (share * model.Blocks[b].InputChannels) - kept[b]).ToArray())
            {
                if (work[b] <= most * left && kept[b] < model.Blocks[b].InputChannels)
                {
                    kept[b]++;
                    left -= work[b];
                }
            }
        }
        return kept;
    }

    private static void CheckReachable(double target, double total, double settled, IReadOnlyList<(double Work, int Channels)> open)
    {
        // One channel of every open block has to stay.
        var most = 1 - ((settled + open.Sum(block => block.Work)) / total);
        var least = 1 - ((settled + open.Sum(block => block.Work * block.Channels)) / total);
        // Half a percent: what whole channels cannot hit anyway.
        if (target > most + 0.005 || target < least - 0.005)
        {
            throw new HypgcnException(FormattableString.Invariant(
                $"pruning.graph_skip: {target}; the blocks without channels of their own reach {Math.Max(0, least):F3} to {Math.Max(0, most):F3}. Change it, or the channels given under pruning.blocks."));
        }
    }
}
