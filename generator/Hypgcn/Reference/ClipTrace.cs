namespace Hypgcn.Reference;

/// <summary>Everything the hardware shows for one clip: each block boundary and the logits.</summary>
public sealed record ClipTrace
{
    /// <summary>x0 = output of data_bn, then every block's output; [person, frame, joint, channel], Blocks + 1 arrays.</summary>
    public required IReadOnlyList<short[]> Features { get; init; }

    /// <summary>z of every block, [person, frame, joint, channel].</summary>
    public required IReadOnlyList<short[]> Middle { get; init; }

    /// <summary>[class], scale 2^-Classifier.FractionBits.</summary>
    public required long[] Logits { get; init; }

    /// <summary>Words dropped by each RFC FIFO: of each block those to spatial shortcut, temporal convolution and, where there is
    /// one, residual. Empty: none.</summary>
    public IReadOnlyList<long> DroppedWords { get; init; } = [];

    /// <summary>What the readers behind the FIFOs saw, one entry per block; empty if nothing was dropped.</summary>
    public IReadOnlyList<BlockReaders> Readers { get; init; } = [];
}
