namespace Hypgcn.Quantization;

/// <summary>Worst case of every accumulator of a network.</summary>
public sealed record ModelWidths
{
    /// <summary>q Scale + Offset + half of data_bn.</summary>
    public required SumRange Input { get; init; }

    /// <summary>One entry per block, in order.</summary>
    public required IReadOnlyList<BlockWidths> Blocks { get; init; }

    /// <summary>Sum of one channel over persons, frames and joints.</summary>
    public required SumRange Pool { get; init; }

    /// <summary>Logits: bias and sum_ch Weight[c,ch] pooled(ch).</summary>
    public required SumRange Classifier { get; init; }
}
