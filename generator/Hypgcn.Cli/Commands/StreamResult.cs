using Hypgcn.Reference;

namespace Hypgcn.Cli.Commands;

/// <summary>What a network, or the sum of two, says of clips.</summary>
/// <param name="name">Its configuration.</param>
/// <param name="logits">[clip][class], real.</param>
/// <param name="labels">Class of each clip, or null.</param>
internal sealed class StreamResult(string name, double[][] logits, int[]? labels)
{
    public string Name { get; } = name;

    public double[][] Logits { get; } = logits;

    /// <summary>Share of clips that are right, 0 to 1; null without labels.</summary>
    public double? Top1 { get; } = labels is null ? null : Accuracy.Top1(logits, labels);

    /// <summary>The class of each clip.</summary>
    public IReadOnlyList<int> Classes { get; } = [.. logits.Select(clip => Accuracy.Best<double>(clip))];

    /// <summary>Words that RFC FIFOs dropped; null where there are none.</summary>
    public long? DroppedWords { get; init; }
}
