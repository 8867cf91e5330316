namespace Hypgcn.Fuzzing;

/// <summary>Largest sizes of a random design.</summary>
/// <param name="Joints">V, 1 or more.</param>
/// <param name="Frames">T, 2 or more.</param>
/// <param name="Channels">Channels of a block, 3 or more.</param>
/// <param name="Multipliers">Of the whole design, 20 or more: what the C++ compiler's time grows with.</param>
public sealed record FuzzBounds(int Joints, int Frames, int Channels, int Multipliers)
{
    /// <summary>Every kind of hardware, a few seconds each.</summary>
    public static FuzzBounds Small { get; } = new(8, 12, 20, 100);

    /// <summary>As wide as real networks.</summary>
    public static FuzzBounds Full { get; } = new(26, 24, 40, 1000);
}
