namespace Hypgcn.Hardware;

/// <summary>A stream of RFC banks that co-simulation records and compares: x0, every z and every block output.</summary>
/// <param name="Name">Name in messages: <c>x0</c>, <c>block1.z</c>, <c>block1.x</c>.</param>
/// <param name="Block">0 for x0, else the 1-based block.</param>
/// <param name="IsMiddle">True for z (after the spatial stage), false for block outputs and x0.</param>
/// <param name="Frames">Frames per person.</param>
/// <param name="Channels">Channels of a row; a row is ceil(Channels / 16) banks.</param>
/// <param name="Bits">Width of a value.</param>
public sealed record Boundary(string Name, int Block, bool IsMiddle, int Frames, int Channels, int Bits)
{
    /// <summary>Banks of a row.</summary>
    public int Banks => (Channels + 15) / 16;
}
