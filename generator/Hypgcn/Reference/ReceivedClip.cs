namespace Hypgcn.Reference;

/// <summary>What an accelerator makes of a packet on its input stream that is not as long as a clip.</summary>
public static class ReceivedClip
{
    /// <summary>The clip: filled up with zeros where the packet is too short, without the excess where it is too long.</summary>
    /// <param name="packet">[person, frame, joint, channel], any length.</param>
    /// <param name="clipValues">Values of a clip.</param>
    public static short[] Of(ReadOnlySpan<short> packet, int clipValues)
    {
        var clip = new short[clipValues];
        packet[..Math.Min(packet.Length, clipValues)].CopyTo(clip);
        return clip;
    }
}
