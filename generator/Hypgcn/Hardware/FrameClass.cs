namespace Hypgcn.Hardware;

/// <summary>Frames whose rows take the same passes of the temporal engine.</summary>
/// <param name="Phase">Frame mod stride: which list of pairs.</param>
/// <param name="First">First pass of the list that holds a pair with an output frame.</param>
/// <param name="Passes">How many passes, at least 1.</param>
public readonly record struct FrameClass(int Phase, int First, int Passes);
