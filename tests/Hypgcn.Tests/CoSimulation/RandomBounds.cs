namespace Hypgcn.Tests.CoSimulation;

/// <summary>Largest sizes of a random design.</summary>
/// <param name="Joints">V, from 4.</param>
/// <param name="Frames">T, from 2.</param>
/// <param name="Channels">Channels of a block, from 3.</param>
/// <param name="Multipliers">Of the whole design: what the C++ compiler's time grows with.</param>
internal sealed record RandomBounds(int Joints, int Frames, int Channels, int Multipliers)
{
    public static RandomBounds Small { get; } = new(8, 12, 20, 100);

    public static RandomBounds Full { get; } = new(26, 24, 40, 1000);
}
