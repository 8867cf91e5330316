namespace Hypgcn.Reference;

/// <summary>Where the frames that pass a FIFO lie in a buffer of features.</summary>
/// <param name="Persons">M.</param>
/// <param name="Frames">Frames of a person.</param>
/// <param name="Step">Every so many frames one passes; the first of a person always does.</param>
/// <param name="Start">Values before the first frame.</param>
/// <param name="PersonLength">Values from one person to the next.</param>
/// <param name="FrameLength">Values of a frame, a multiple of 16.</param>
internal readonly record struct FrameWalk(int Persons, int Frames, int Step, int Start, int PersonLength, int FrameLength)
{
    /// <summary>Frames that pass.</summary>
    public int Count => Persons * PersonCount;

    private int PersonCount => (Frames + Step - 1) / Step;

    /// <summary>Where the n-th frame that passes begins.</summary>
    public int Offset(int n) => Start + (n / PersonCount * PersonLength) + (n % PersonCount * Step * FrameLength);
}
