namespace Hypgcn.Reference;

/// <summary>Sees the features of one person of one clip as they are computed.</summary>
/// <param name="kind">Which boundary.</param>
/// <param name="block">Block index from 0; 0 for the input.</param>
/// <param name="values">[frame, joint, channel]; valid during the call only.</param>
public delegate void FeatureObserver(FeatureKind kind, int block, ReadOnlySpan<double> values);
