namespace Hypgcn.Cycles;

/// <summary>Shape of a finish stage.</summary>
/// <param name="Lanes">Sums of a word.</param>
/// <param name="Width">Channels a cycle.</param>
/// <param name="Banks">Banks of a row.</param>
/// <param name="SideLanes">Values of a word of the shortcut, 16 where that is banks.</param>
internal sealed record FinishShape(int Lanes, int Width, int Banks, int SideLanes);
