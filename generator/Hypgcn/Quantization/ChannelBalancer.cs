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

    /// <summary>Tensors of fewer bits are balanced; wider ones have nothing to gain.</summary>
    public const int BelowBits = 12;

    private const int Rounds = 3;

    /// <summary>Exponents of z and of the output of every block; null for zeros.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="measured">Its features.</param>
    /// <param name="widths">Width of z and of the output of every block.</param>
    /// <param name="span">How far the exponents of a tensor may lie apart, 0 or more.</param>
    public static IReadOnlyList<(int[]? Middle, int[]? Output)> Balance(
        ModelGraph model, FeatureStatistics measured, IReadOnlyList<(int Middle, int Output)> widths, int span)
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
        var solved = groups.ToDictionary(group => group, group => Solve(group, span));
        return [.. members.Select(member => (
            member.Middle is null ? null : solved[member.Middle], member.Output is null ? null : solved[member.Output]))];

        Group NewGroup()
        {
            groups.Add(new Group([]));
            return groups[^1];
        }
    }

    private static int[]? Solve(Group group, int span)
    {
        // One wide member has bits to spare; it is the narrow ones that count.
        var tensors = group.Tensors.Where(tensor => tensor.Bits < BelowBits).ToArray();
        if (tensors.Length == 0 || span == 0)
        {
            return null;
        }
        var channels = tensors[0].Feature.Channels.Count;
        var exponents = new int[channels];
        for (var round = 0; round < Rounds; round++)
        {
            var fractions = tensors.Select(tensor => tensor.Feature.BestFractionBits(tensor.Bits, exponents) ?? 0).ToArray();
            var ideal = Enumerable.Range(0, channels).Select(c => Best(tensors, fractions, c)).ToArray();
            exponents = Window(ideal, tensors, span);
        }
        return exponents;
    }

    /// <summary>Weights must span what the exponents span, and have no exponents of their own: of all windows of the span,
    /// the one with the least error, outliers cut off at its ends.</summary>
    private static int[] Window(int[] ideal, (ChannelHistograms Feature, int Bits)[] tensors, int span)
    {
        int[] best = [];
        var least = double.PositiveInfinity;
        for (var top = ideal.Max(); top >= ideal.Min(); top--)
        {
            // Relative to the window's upper end, as formats take up what all channels share.
            int[] exponents = [.. ideal.Select(exponent => Math.Clamp(exponent - top, -span, 0))];
            var error = tensors.Sum(tensor => tensor.Feature.BestFractionBits(tensor.Bits, exponents) is { } fraction
                ? tensor.Feature.SquaredError(tensor.Bits, fraction, exponents) / tensor.Feature.Energy : 0);
            if (error < least)
            {
                (least, best) = (error, exponents);
            }
        }
        return best;
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
