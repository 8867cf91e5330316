using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

public sealed class BoneClipsTests
{
    // 2s-AGCN's data_gen/gen_bone_data.py: NTU RGB+D counts joints from 1, Kinetics from 0.
    private static readonly (int, int)[] NtuPairs =
    [
        (1, 2), (2, 21), (3, 21), (4, 3), (5, 21), (6, 5), (7, 6), (8, 7), (9, 21), (10, 9), (11, 10), (12, 11), (13, 1), (14, 13),
        (15, 14), (16, 15), (17, 1), (18, 17), (19, 18), (20, 19), (22, 23), (21, 21), (23, 8), (24, 25), (25, 12),
    ];

    private static readonly (int, int)[] KineticsPairs =
    [
        (0, 0), (1, 0), (2, 1), (3, 2), (4, 3), (5, 1), (6, 5), (7, 6), (8, 2), (9, 8), (10, 9), (11, 5), (12, 11), (13, 12), (14, 0),
        (15, 0), (16, 14), (17, 15),
    ];

    [Test]
    public void Origins_Ntu_AreThePairsOf2sAgcn() =>
        Assert.That(Pairs(SkeletonGraph.Ntu25), Is.EquivalentTo(NtuPairs.Select(pair => (pair.Item1 - 1, pair.Item2 - 1))));

    [Test]
    public void Origins_OpenPose_AreThePairsOf2sAgcn() => Assert.That(Pairs(SkeletonGraph.OpenPose18), Is.EquivalentTo(KineticsPairs));

    [Test]
    public void Origins_Ucla_AreTheGraphsEdgesAndTheCentre() =>
        Assert.That(Pairs(SkeletonGraph.Ucla20), Is.EquivalentTo(SkeletonGraph.Ucla20.Inward.Append((2, 2))));

    [Test]
    public void Of_GraphFromAFile_IsEachJointMinusItsNeighbourAndZeroAtTheCentre()
    {
        using var folder = new TemporaryFolder();
        var graph = SkeletonGraphFile.Read(folder.File("joints.json", """{ "joints": 3, "center": 1, "edges": [[0, 1], [1, 2]] }"""u8.ToArray()));
        // [N, C, T, V, M] = [1, 1, 2, 3, 2]; a difference that float32 rounds.
        float[] data = [1, 2, 10, 20, 100, 200, 0.1f, -1, 0.3f, 1, 16777216, 3];
        float[] before = [.. data];

        var bones = BoneClips.Of(new ClipSet(1, 1, 2, 3, 2, data), graph);

        Assert.That(bones.Data, Is.EqualTo(new float[] { -9, -18, 0, 0, 90, 180, 0.1f - 0.3f, -2, 0, 0, 16777216, 2 }));
        Assert.That((bones.Count, bones.Channels, bones.Frames, bones.Joints, bones.Persons), Is.EqualTo((1, 1, 2, 3, 2)));
        Assert.That(data, Is.EqualTo(before));
    }

    [Test]
    public void Of_BonesOfKeptFrames_AreKeptBones()
    {
        var random = new Random(1);
        var joints = new ClipSet(2, 3, 5, 25, 2, [.. Enumerable.Range(0, 2 * 3 * 5 * 25 * 2).Select(_ => random.NextSingle())]);

        Assert.That(
            BoneClips.Of(joints.WithSkip(1), SkeletonGraph.Ntu25).Data, Is.EqualTo(BoneClips.Of(joints, SkeletonGraph.Ntu25).WithSkip(1).Data));
    }

    [Test]
    public void Origins_JointWithTwoNeighboursInward_SaysWhich() => Assert.That(
        () => BoneClips.Origins(new SkeletonGraph("ring.json", 4, [(1, 0), (2, 0), (3, 1), (3, 2)])),
        Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "ring.json: joint 3 has the neighbours 1 and 2 nearer to the centre; a bone joins a joint to one of them. Leave out one of the edges."));

    [Test]
    public void Of_GraphOfOtherJoints_Throws() => Assert.That(
        () => BoneClips.Of(new ClipSet(1, 1, 1, 3, 1, new float[3]), SkeletonGraph.Ntu25), Throws.ArgumentException);

    private static IEnumerable<(int, int)> Pairs(SkeletonGraph graph) => BoneClips.Origins(graph).Select((origin, joint) => (joint, origin));
}
