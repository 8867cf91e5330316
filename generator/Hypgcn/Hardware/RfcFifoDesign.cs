namespace Hypgcn.Hardware;

/// <summary>Depths of one RFC FIFO.</summary>
/// <param name="Depth">Banks (hot codes).</param>
/// <param name="FrameBanks">Banks of one frame, the unit of the drop rule's window.</param>
/// <param name="Words">Four-value words of the four mini-banks; Depth + 1 is lossless.</param>
public sealed record RfcFifoDesign(int Depth, int FrameBanks, int[] Words)
{
    /// <summary>Frames of the drop rule's window: any Depth + 1 banks in a row lie within so many frames.</summary>
    public int Window => ((Depth + FrameBanks - 1) / FrameBanks) + 1;

    /// <summary>A FIFO that can never drop.</summary>
    public static RfcFifoDesign Lossless(int depth, int frameBanks) =>
        new(depth, frameBanks, [depth + 1, depth + 1, depth + 1, depth + 1]);
}
