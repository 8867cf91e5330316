namespace Hypgcn.Reference;

/// <summary>What the readers behind a block's RFC FIFOs saw of a clip, each in the shape of its boundary; null where nothing was dropped.</summary>
/// <param name="Spatial">x for the spatial shortcut.</param>
/// <param name="Middle">z for the temporal convolution.</param>
/// <param name="Residual">x for the residual; frames that it does not read are those of x.</param>
public sealed record BlockReaders(short[]? Spatial, short[]? Middle, short[]? Residual);
