using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed class SkeletonGraphTests
{
    private const string Example = "Write it as { \"joints\": 3, \"center\": 0, \"edges\": [[1, 0], [2, 1]] }.";

    [TestCaseSource(nameof(BuiltIn))]
    public void SpatialPartition_BuiltIn_IsATreeWithNormalisedColumns(SkeletonGraph graph)
    {
        double[] a = graph.SpatialPartition();
        int v = graph.Joints;

        Assert.That(graph.Inward, Has.Count.EqualTo(v - 1));
        for (int column = 0; column < v; column++)
        {
            double Sum(int k) => Enumerable.Range(0, v).Sum(row => a[(((k * v) + row) * v) + column]);
            Assert.That(Sum(0), Is.EqualTo(1));
            Assert.That(Sum(1), Is.EqualTo(graph.Inward.Any(e => e.Joint == column) ? 1 : 0));
            Assert.That(Sum(2), Is.EqualTo(graph.Inward.Any(e => e.Centreward == column) ? 1 : 0).Within(1e-15));
        }
    }

    [Test]
    public void SpatialPartition_Ntu_HasTheNeckAtAQuarter()
    {
        double[] a = SkeletonGraph.Ntu25.SpatialPartition();

        // Inward: joint 1 hangs on 20; outward: 20 collects 1, 2, 4 and 8.
        Assert.That(a[((25 + 20) * 25) + 1], Is.EqualTo(1));
        foreach (int joint in new[] { 1, 2, 4, 8 })
            Assert.That(a[((50 + joint) * 25) + 20], Is.EqualTo(0.25));
    }

    [Test]
    public void Read_AnyDirectionWithCenter_IsTurnedInward()
    {
        SkeletonGraph graph = Read("""{ "joints": 4, "center": 1, "edges": [[0, 1], [1, 2], [2, 3]] }""");

        Assert.That(graph.Inward, Is.EqualTo(new[] { (0, 1), (2, 1), (3, 2) }));
    }

    [Test]
    public void Read_WithoutCenter_KeepsTheDirections() =>
        Assert.That(Read("""{ "joints": 3, "edges": [[0, 1], [1, 2]] }""").Inward, Is.EqualTo(new[] { (0, 1), (1, 2) }));

    [Test]
    public void Read_NtuThroughCenter_AgreesWithBuiltIn()
    {
        string edges = string.Join(", ", SkeletonGraph.Ntu25.Inward.Select(e => $"[{e.Centreward}, {e.Joint}]"));

        Assert.That(Read($$"""{ "joints": 25, "center": 20, "edges": [{{edges}}] }""").SpatialPartition(), Is.EqualTo(SkeletonGraph.Ntu25.SpatialPartition()));
    }

    [Test]
    public void Read_BuiltInName_NeedsNoFile() => Assert.That(SkeletonGraphFile.Read("openpose-18"), Is.SameAs(SkeletonGraph.OpenPose18));

    [TestCase("[]", "the file is not a joint graph; it is an object of \"joints\", \"edges\" and, if wanted, \"center\".")]
    [TestCase("{", "the file is not a joint graph; it is an object of \"joints\", \"edges\" and, if wanted, \"center\".")]
    [TestCase("""{ "joints": 3 }""", "the file is not a joint graph; it is an object of \"joints\", \"edges\" and, if wanted, \"center\".")]
    [TestCase("""{ "joints": 3, "edgs": [] }""", "key 'edgs' is unknown; the keys are \"joints\", \"edges\" and \"center\".")]
    [TestCase("""{ "joints": 0, "edges": [] }""", "joints is 0; it lies in 1..1024.")]
    [TestCase("""{ "joints": 3, "edges": [[0, 1], [1, 3]] }""", "edges[1] is [1, 3]; an edge joins two different joints of 0..2.")]
    [TestCase("""{ "joints": 3, "edges": [[1]] }""", "edges[0] is [1]; an edge joins two different joints of 0..2.")]
    [TestCase("""{ "joints": 3, "edges": [[1, 2, 3, 4, 5, 6, 7, 8, 9]] }""", "edges[0] is [1, 2, 3, 4, 5, 6, 7, 8, ...]; an edge joins two different joints of 0..2.")]
    [TestCase("""{ "joints": 2, "center": 2, "edges": [[1, 0]] }""", "center is 2; it is a joint of 0..1.")]
    public void Read_BadGraph_SaysWhatIsWrong(string json, string expected) => Assert.That(Message(json), Is.EqualTo($"FILE: {expected} {Example}"));

    [TestCase("""{ "joints": 3, "center": 0, "edges": [[1, 0]] }""", "joint 2 is not connected to center 0; every joint is. Add its edge.")]
    [TestCase("""{ "joints": 3, "center": 0, "edges": [[1, 0], [2, 0], [1, 2]] }""", "edges[2] joins two joints at the same distance from center 0; its direction is open. Leave out \"center\" and write each edge as [joint, neighbour nearer to the centre].")]
    public void Read_GraphThatIsNoTree_SaysWhatIsWrong(string json, string expected) => Assert.That(Message(json), Is.EqualTo($"FILE: {expected}"));

    private static IEnumerable<SkeletonGraph> BuiltIn() => SkeletonGraph.BuiltIn;

    private static SkeletonGraph Read(string json)
    {
        using var folder = new TemporaryFolder();
        return SkeletonGraphFile.Read(folder.File("joints.json", System.Text.Encoding.UTF8.GetBytes(json)));
    }

    private static string Message(string json) => BadFile.Message("joints.json", json, p => SkeletonGraphFile.Read(p));
}
