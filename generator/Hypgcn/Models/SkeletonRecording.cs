namespace Hypgcn.Models;

/// <summary>The joints of one raw NTU RGB+D recording, in metres, as the Kinect gave them.</summary>
/// <param name="Name">File it was read from, for messages.</param>
/// <param name="Frames">Frames T.</param>
/// <param name="Bodies">Up to 4 body slots of each frame, [body, frame, joint, xyz], zero where no body was seen.</param>
public sealed record SkeletonRecording(string Name, int Frames, double[] Bodies)
{
    /// <summary>Bodies that are kept of a frame; 2s-AGCN ignores the rest.</summary>
    public const int BodySlots = 4;

    /// <summary>Joints of Kinect v2.</summary>
    public const int Joints = 25;

    /// <summary>Whether any body was seen in any frame.</summary>
    public bool HasBody => Array.Exists(Bodies, x => x != 0);
}
