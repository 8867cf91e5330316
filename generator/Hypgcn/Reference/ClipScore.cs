namespace Hypgcn.Reference;

/// <summary>What a clip comes to.</summary>
/// <param name="Logits">[class], at 2^-Classifier.FractionBits.</param>
/// <param name="DroppedWords">Words that the RFC FIFOs dropped, all together.</param>
public sealed record ClipScore(long[] Logits, long DroppedWords);
