using Hypgcn.Models;

namespace Hypgcn.Quantization;

/// <summary>
/// Channels of a block's output that the next block does not read, because neither its spatial convolution nor a convolution of its shortcuts
/// has a weight for them. They are made zero, and then all hardware that skips zeros has nothing to do for them: the convolutions of the next block's
/// shortcuts take whole rows.
/// </summary>
internal static class UnreadChannels
{
    /// <summary>[input channel]: whether a block does not read it.</summary>
    public static bool[] Of(QuantizedBlock block)
    {
        var unread = new bool[block.InputChannels];
        Array.Fill(unread, true);
        Mark(unread, block.Spatial, block.OutputChannels);
        Mark(unread, block.Down, block.OutputChannels);
        if (block.Residual != ResidualKind.None)
        {
            Mark(unread, block.ResidualWeight, block.OutputChannels);
        }
        return unread;
    }

    /// <summary>The block with some channels of its output zero.</summary>
    public static QuantizedBlock Silence(QuantizedBlock block, bool[] unread)
    {
        var (outputs, filter) = (block.OutputChannels, block.OutputChannels * block.Kernel);
        if (!unread.Contains(true))
        {
            return block;
        }
        // Nothing is more than the greatest feature that the identity adds, and the output is rectified.
        var least = block.Residual == ResidualKind.Identity ? -((1L << (block.FeatureBits - 1)) - 1) << block.ResidualAlign : 0;
        return block with
        {
            Temporal = [.. block.Temporal.Select((value, n) => unread[n / filter] ? 0 : value)],
            TemporalBias = [.. block.TemporalBias.Select((value, o) => unread[o] ? least : value)],
            ResidualWeight = block.ResidualWeight is { } weight ? [.. weight.Select((value, n) => unread[n % outputs] ? 0 : value)] : null,
        };
    }

    // What a weight [.., input, output] other than zero reads; without weights it is the identity.
    private static void Mark(bool[] unread, int[]? weight, int outputs)
    {
        if (weight is null)
        {
            Array.Clear(unread);
            return;
        }
        for (var n = 0; n < weight.Length; n++)
        {
            unread[n / outputs % unread.Length] &= weight[n] == 0;
        }
    }
}
