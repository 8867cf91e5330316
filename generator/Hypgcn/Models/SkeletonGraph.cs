namespace Hypgcn.Models;

/// <summary>The joints of a body and the bones between them, from the outside in: what 2s-AGCN's fixed graphs A_k are built from.</summary>
public sealed class SkeletonGraph
{
    private static readonly (int, int)[] NtuEdges =
    [
        (0, 1), (1, 20), (2, 20), (3, 2), (4, 20), (5, 4), (6, 5), (7, 6), (8, 20), (9, 8), (10, 9), (11, 10),
        (12, 0), (13, 12), (14, 13), (15, 14), (16, 0), (17, 16), (18, 17), (19, 18), (21, 22), (22, 7), (23, 24), (24, 11),
    ];

    private static readonly (int, int)[] UclaEdges =
    [
        (0, 1), (1, 2), (3, 2), (4, 2), (5, 4), (6, 5), (7, 6), (8, 2), (9, 8), (10, 9), (11, 10),
        (12, 0), (13, 12), (14, 13), (15, 14), (16, 0), (17, 16), (18, 17), (19, 18),
    ];

    private static readonly (int, int)[] OpenPoseEdges =
    [
        (4, 3), (3, 2), (7, 6), (6, 5), (13, 12), (12, 11), (10, 9), (9, 8), (11, 5), (8, 2), (5, 1), (2, 1), (0, 1),
        (15, 0), (14, 0), (17, 15), (16, 14),
    ];

    /// <param name="name">As messages print it.</param>
    /// <param name="joints">1 or more.</param>
    /// <param name="inward">(joint, its neighbour nearer to the centre), 0-based.</param>
    public SkeletonGraph(string name, int joints, IReadOnlyList<(int Joint, int Centreward)> inward)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(joints, 1);
        foreach ((int joint, int centreward) in inward)
        {
            if (joint < 0 || joint >= joints || centreward < 0 || centreward >= joints || joint == centreward)
                throw new ArgumentException($"edge ({joint}, {centreward}) does not join two of {joints} joints", nameof(inward));
        }

        Name = name;
        Joints = joints;
        Inward = [.. inward];
    }

    /// <summary>NTU RGB+D, Kinect v2, 25 joints: 2s-AGCN's graph/ntu_rgb_d.py.</summary>
    public static SkeletonGraph Ntu25 { get; } = new("ntu-25", 25, NtuEdges);

    /// <summary>NW-UCLA, Kinect v1, 20 joints.</summary>
    public static SkeletonGraph Ucla20 { get; } = new("ucla-20", 20, UclaEdges);

    /// <summary>Kinetics skeletons, OpenPose, 18 joints: 2s-AGCN's graph/kinetics.py.</summary>
    public static SkeletonGraph OpenPose18 { get; } = new("openpose-18", 18, OpenPoseEdges);

    /// <summary>The graphs that need no file.</summary>
    public static IReadOnlyList<SkeletonGraph> BuiltIn { get; } = [Ntu25, Ucla20, OpenPose18];

    public string Name { get; }

    /// <summary>Number of joints V.</summary>
    public int Joints { get; }

    /// <summary>(joint, its neighbour nearer to the centre), 0-based.</summary>
    public IReadOnlyList<(int Joint, int Centreward)> Inward { get; }

    /// <summary>2s-AGCN's spatial partition A [k, p, w]: identity, inward links, outward links, each column summing to 1 or 0.</summary>
    public double[] SpatialPartition()
    {
        int size = Joints * Joints;
        var graphs = new double[3 * size];
        for (int joint = 0; joint < Joints; joint++)
            graphs[(joint * Joints) + joint] = 1;
        foreach ((int joint, int centreward) in Inward)
        {
            graphs[size + (centreward * Joints) + joint] = 1;
            graphs[(2 * size) + (joint * Joints) + centreward] = 1;
        }

        for (int k = 0; k < 3; k++)
            NormaliseColumns(graphs.AsSpan(k * size, size));
        return graphs;
    }

    private void NormaliseColumns(Span<double> graph)
    {
        for (int column = 0; column < Joints; column++)
        {
            double sum = 0;
            for (int row = 0; row < Joints; row++)
                sum += graph[(row * Joints) + column];
            // A leaf has no link in one direction: its empty column stays zero.
            if (sum == 0)
                continue;
            // 2s-AGCN multiplies by the inverse; x * (1 / n) and x / n agree for x = 1.
            for (int row = 0; row < Joints; row++)
                graph[(row * Joints) + column] /= sum;
        }
    }
}
