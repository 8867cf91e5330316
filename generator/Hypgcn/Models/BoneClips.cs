namespace Hypgcn.Models;

/// <summary>Bones from joints, as 2s-AGCN's data_gen/gen_bone_data.py makes them: each joint minus its neighbour nearer to the centre.</summary>
/// <remarks>All channels are subtracted, in float32, so that the values are those of numpy bit for bit. The centre's bone is zero.
/// 2s-AGCN's list for NTU RGB+D has the pairs of its graph. Its list for Kinetics has the pair (joint 1, joint 0) where the graph
/// has the edge from 0 to 1: there the graph's centre is joint 1, the neck, and that of the bones joint 0, the nose.
/// <c>openpose-18</c> follows the list. <c>ucla-20</c>, which 2s-AGCN does not have, and graphs from files take the graph's edges.</remarks>
public static class BoneClips
{
    private const int OpenPoseNose = 0;
    private const int OpenPoseNeck = 1;

    /// <summary>The bones of clips, of the same shape.</summary>
    /// <param name="joints">Positions of joints, [N, C, T, V, M]; not changed.</param>
    /// <param name="graph">Of V joints.</param>
    /// <exception cref="HypgcnException">A joint has several neighbours nearer to the centre.</exception>
    /// <exception cref="ArgumentException">The graph has another number of joints.</exception>
    public static ClipSet Of(ClipSet joints, SkeletonGraph graph)
    {
        ArgumentNullException.ThrowIfNull(joints);
        ArgumentNullException.ThrowIfNull(graph);
        if (joints.Joints != graph.Joints)
            throw new ArgumentException($"clips of {joints.Joints} joints; the graph has {graph.Joints}", nameof(joints));
        int[] origins = [.. Origins(graph)];
        int persons = joints.Persons;
        int frameSize = origins.Length * persons;
        float[] from = joints.Data;
        var bones = new float[from.Length];
        for (int plane = 0; plane < from.Length / frameSize; plane++)
        {
            int frame = plane * frameSize;
            for (int joint = 0; joint < origins.Length; joint++)
            {
                int end = frame + (joint * persons);
                int origin = frame + (origins[joint] * persons);
                for (int person = 0; person < persons; person++)
                    bones[end + person] = from[end + person] - from[origin + person];
            }
        }

        return new ClipSet(joints.Count, joints.Channels, joints.Frames, joints.Joints, persons, bones);
    }

    /// <summary>Of each joint the one that its bone starts at, 0-based; itself where its bone is zero.</summary>
    /// <exception cref="HypgcnException">A joint has several neighbours nearer to the centre.</exception>
    public static IReadOnlyList<int> Origins(SkeletonGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int[] origins = [.. Enumerable.Range(0, graph.Joints)];
        foreach ((int joint, int centreward) in graph.Inward)
        {
            if (origins[joint] != joint && origins[joint] != centreward)
            {
                throw new HypgcnException(
                    $"{graph.Name}: joint {joint} has the neighbours {origins[joint]} and {centreward} nearer to the centre; a bone joins a joint to one of them. Leave out one of the edges.");
            }

            origins[joint] = centreward;
        }

        if (ReferenceEquals(graph, SkeletonGraph.OpenPose18))
            (origins[OpenPoseNeck], origins[OpenPoseNose]) = (OpenPoseNose, OpenPoseNose);
        return origins;
    }
}
