using Hypgcn.Cycles;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Tests.Hardware;

namespace Hypgcn.Tests.Exploration;

[TestFixture]
internal sealed class SpatialOptionsTests
{
    private static readonly ClipActivity[] Clips = [TestDesigns.Activity(1), TestDesigns.Activity(2)];

    // Five joints, 40 channels (48 padded), with a shortcut convolution.
    private static readonly BlockDesign Block = new AcceleratorDesign("d", TestDesigns.Model, TestDesigns.OneLane).Blocks[2];

    [Test]
    public void Graph_AnyJointLanes_IsTheFrontOfAllParameters([Values(1, 3, 4, 5)] int jointLanes) => CheckFront(
        new SpatialOptions(Block, Clips).Graph(jointLanes),
        from lanes in Enumerable.Range(1, jointLanes)
        from words in Enumerable.Range(1, With(p => p with { JointLanes = jointLanes, GraphLanes = lanes }).GraphTotalWords)
        let design = With(p => p with { JointLanes = jointLanes, GraphLanes = lanes, GraphWords = words })
        select (design.GraphMultipliers, Clips.Max(clip => UnitCycles.Graph(design, clip))));

    [Test]
    public void Array_AnyJointLanes_IsTheFrontOfAllParameters([Values(1, 3, 5)] int jointLanes, [Values(1, 4)] int least) => CheckFront(
        new SpatialOptions(Block, Clips).Array(jointLanes, least),
        from channels in Enumerable.Range(least, 49 - least)
        let design = With(p => p with { JointLanes = jointLanes, ArrayChannels = channels })
        select (design.ArrayMultipliers, UnitCycles.Array(design)));

    [Test]
    public void Down_AnyWidth_IsTheFrontOfAllParameters([Values(1, 2, 16)] int least) => CheckFront(
        new SpatialOptions(Block, Clips).Down(least),
        from channels in Enumerable.Range(least, 49 - least)
        from columns in Enumerable.Range(1, (48 + channels - 1) / channels)
        let design = With(p => p with { DownChannels = channels, DownColumns = columns })
        select (design.DownMultipliers, Clips.Max(clip => UnitCycles.Down(design, clip))));

    private static BlockDesign With(Func<BlockParameters, BlockParameters> change) => Block.With(change(Block.Parameters));

    private static void CheckFront(UnitOption[] front, IEnumerable<(int Multipliers, long Cycles)> all)
    {
        var options = all.ToList();
        var expected = options.Where(option => !options.Exists(
            other => other != option && other.Multipliers <= option.Multipliers && other.Cycles <= option.Cycles)).Distinct().Order();
        Assert.That(front.Select(option => (option.Multipliers, option.Cycles)), Is.EqualTo(expected));
    }
}
