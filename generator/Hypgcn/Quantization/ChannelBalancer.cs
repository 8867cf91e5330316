using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>
/// Gives every channel of z and of the outputs its own power of two, so that a tensor's one format suits its large and its
/// small channels. The powers are folded into the weights before and after, as ReLU keeps them: they cost no hardware.
/// </summary>
/// <remarks>An identity shortcut adds features of equal scale, so all features that identities join share their powers.</remarks>
internal static class ChannelBalancer
{
    public const int MostExponent = 12;

    private const int Rounds = 3;

    /// <summary>Exponents of z and of the output of every block; null for zeros.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="measured">Its features.</param>
    /// <param name="widths">Width of z and of the output of every block.</param>
    /// <param name="range">How far an exponent may lie below and above the middle one.</param>
    public static IReadOnlyList<(int[]? Middle, int[]? Output)> Balance(
        ModelGraph model, FeatureStatistics measured, IReadOnlyList<(int Middle, int Output)> widths, (int Down, int Up) range)
    {
        var groups = new List<Group>();
        var members = new List<(Group? Middle, Group? Output)>();
        // x0 keeps its scale; what an identity joins to it keeps it too.
        Group? input = null;
        for (var b = 0; b < model.Blocks.Count; b++)
        {
            var (block, statistics) = (model.Blocks[b], measured.Blocks[b]);
            var middle = block.Down is null ? input : NewGroup();
            middle?.Tensors.Add((statistics.Middle, widths[b].Middle));
            var output = block.Residual == ResidualKind.Identity ? input : NewGroup();
            output?.Tensors.Add((statistics.Output, widths[b].Output));
            members.Add((middle, output));
            input = output;
        }
        var solved = groups.ToDictionary(group => group, group => Solve(group, range));
        return [.. members.Select(member => (
            member.Middle is null ? null : solved[member.Middle], member.Output is null ? null : solved[member.Output]))];

        Group NewGroup()
        {
            groups.Add(new Group([]));
            return groups[^1];
        }
    }

    private static int[]? Solve(Group group, (int Down, int Up) range)
    {
        // One wide member has bits to spare; it is the narrow ones that count.
        var tensors = group.Tensors.Where(tensor => tensor.Bits < BiasCorrector.BelowBits).ToArray();
        if (tensors.Length == 0)
        {
            return null;
        }
        var exponents = new int[tensors[0].Feature.Channels.Count];
        for (var round = 0; round < Rounds; round++)
        {
            var fractions = tensors.Select(tensor => tensor.Feature.Scaled(exponents).BestFractionBits(tensor.Bits) ?? 0).ToArray();
            for (var c = 0; c < exponents.Length; c++)
            {
                exponents[c] = Best(tensors, fractions, c);
            }
            Limit(exponents, tensors, range);
        }
        return exponents;
    }

    /// <summary>Weights must span what the exponents span, and have no exponents of their own: outliers are cut off.</summary>
    private static void Limit(int[] exponents, (ChannelHistograms Feature, int Bits)[] tensors, (int Down, int Up) range)
    {
        int[] live = [.. exponents.Where((_, c) => tensors.Any(tensor => tensor.Feature.Channels[c].Energy > 0)).Order()];
        var middle = live.Length == 0 ? 0 : live[live.Length / 2];
        for (var c = 0; c < exponents.Length; c++)
        {
            exponents[c] = Math.Clamp(exponents[c] - middle, -range.Down, range.Up);
        }
    }

    private static int Best((ChannelHistograms Feature, int Bits)[] tensors, int[] fractions, int channel)
    {
        var (best, least) = (0, double.PositiveInfinity);
        // From the middle outwards: a channel without values keeps 0.
        foreach (var exponent in Enumerable.Range(0, (2 * MostExponent) + 1).Select(n => n % 2 == 0 ? -n / 2 : (n + 1) / 2))
        {
            double error = 0;
            for (var t = 0; t < tensors.Length; t++)
            {
                var histogram = tensors[t].Feature.Channels[channel];
                error += histogram.Energy == 0 ? 0 : histogram.SquaredError(tensors[t].Bits, fractions[t] + exponent) / histogram.Energy;
            }
            if (error < least)
            {
                (best, least) = (exponent, error);
            }
        }
        return best;
    }

    /// <summary>Features that share their exponents.</summary>
    private sealed record Group(List<(ChannelHistograms Feature, int Bits)> Tensors)
    {
        public bool Equals(Group? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
