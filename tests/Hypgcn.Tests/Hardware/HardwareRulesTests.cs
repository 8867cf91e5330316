using Hypgcn.Hardware;
using Hypgcn.Quantization;

namespace Hypgcn.Tests.Hardware;

[TestFixture]
internal sealed class HardwareRulesTests
{
    private static readonly QuantizedModel Model = TestDesigns.Model;

    [Test]
    public void Problems_OneLanePerEngine_None() => Assert.That(HardwareRules.Problems(Model, TestDesigns.OneLane), Is.Empty);

    [Test]
    public void Problems_EveryParameterOutOfRange_AreAllListedInOrder()
    {
        var wrong = new BlockParameters
        {
            JointLanes = 6, GraphLanes = 7, GraphWords = 0, ArrayChannels = 17, SpatialFinish = 5, TemporalGroups = 5, TemporalColumns = 97,
            TemporalFinish = 3, MiddleFifoFrames = 0, SpatialFifoFrames = 65, ResidualFifoSlackFrames = -1,
        };
        var parameters = new HardwareParameters { Blocks = [new() { JointLanes = 5, GraphLanes = 3, GraphWords = 7, ArrayChannels = 3, SpatialFinish = 4, DownChannels = 4 }, wrong, new() { ArrayChannels = 4, SpatialFinish = 4, DownChannels = 3, DownColumns = 17, DownEngines = 6, ResidualEngines = 0 }], PoolWidth = 16, ClassifierLanes = 5 };
        Assert.That(HardwareRules.Problems(Model, parameters), Is.EqualTo(
        [
            "hardware.blocks[0].graph_words is 7; it must be 1 to 6. Choose a value in that range.",
            "hardware.blocks[0].spatial_finish is 4; it must be at most array_channels, which is 3. Choose a smaller width or raise array_channels.",
            "hardware.blocks[1].joint_lanes is 6; it must be 1 to 5. Choose a value in that range.",
            "hardware.blocks[1].graph_lanes is 7; it must be 1 to 5. Choose a value in that range.",
            "hardware.blocks[1].array_channels is 17; it must be 1 to 16. Choose a value in that range.",
            "hardware.blocks[1].spatial_finish is 5, which does not fit a bank of 16. Use 1, 2, 4, 8, 16.",
            "hardware.blocks[1].temporal_groups is 5, which does not divide the 16 padded output channels. Use 1, 2, 4, 8, 16.",
            "hardware.blocks[1].temporal_columns is 97; it must be 1 to 80. Choose a value in that range.",
            "hardware.blocks[1].temporal_finish is 3, which does not fit a bank of 16. Use 1, 2, 4, 8, 16.",
            "hardware.blocks[1].temporal_finish is 3, which does not divide temporal_groups 5. Use 1, 5.",
            "hardware.blocks[1].middle_fifo_frames is 0; it must be 1 to 64. Choose a value in that range.",
            "hardware.blocks[1].spatial_fifo_frames is 65; it must be 1 to 64. Choose a value in that range.",
            "hardware.blocks[1].residual_fifo_slack_frames is -1; it must be 0 to 64. Choose a value in that range.",
            "hardware.blocks[2].down_columns is 17; it must be 1 to 16. Choose a value in that range.",
            "hardware.blocks[2].down_engines is 6; it must be 1 to 5. Choose a value in that range.",
            "hardware.blocks[2].spatial_finish is 4; it must be at most down_channels, which is 3. Choose a smaller width or raise down_channels.",
            "hardware.blocks[2].residual_engines is 0; it must be 1 to 5. Choose a value in that range.",
            "hardware.pool_width is 16, which does not fit the pool's memory word. Use 1, 2, 4, 8.",
            "hardware.classifier_lanes is 5; it must be 1 to 4. Choose a value in that range.",
        ]));
    }

    // Joints 0 to 4 on two engines: each of joints 0 and 1, 2 and 3 on another, 4 on the first.
    [TestCase(true, 0, 1, 1, 0, 0)]
    [TestCase(false, 0, 0, 1, 1, 0)]
    [TestCase(false, 0, 1, 1, 0, 1)]
    [TestCase(false, 0, 1, 1, 0)]
    [TestCase(false, 0, 2, 1, 0, 0)]
    public void Problems_JointsOfEngines_TakeTurns(bool isLegal, params int[] engines)
    {
        HardwareParameters parameters = TestDesigns.OneLane with
        {
            Blocks = [.. TestDesigns.OneLane.Blocks.Select((block, n) => n == 1 ? block with { TemporalEngines = 2, TemporalJointEngines = new JointEngines(engines) } : block)],
        };
        Assert.That(HardwareRules.Problems(Model, parameters), Is.EqualTo(isLegal ? Array.Empty<string>() :
        [
            "hardware.blocks[1].temporal_joint_engines does not share 5 joints among 2 engines: of every 2 joints in a row each engine takes one, "
                + "of fewer at the end each of the first engines. Leave it out, or let tune choose it.",
        ]));
    }

    [Test]
    public void Balanced_UnevenJoints_GoToTheEngineWithLeastWork()
    {
        // The last joint, alone in its run, goes to engine 0; then 9 and 1 differ most, and 4 and 3.
        JointEngines balanced = JointEngines.Balanced([4, 3, 9, 1, 6], 2);
        Assert.Multiple(() =>
        {
            Assert.That(balanced.Engines, Is.EqualTo(new[] { 0, 1, 1, 0, 0 }));
            Assert.That(balanced.Fits(5, 2));
        });
    }

    [Test]
    public void Problems_BlocksMissing_SaysHowMany() => Assert.That(
        HardwareRules.Problems(Model, new HardwareParameters { Blocks = [new()] }),
        Is.EqualTo(["hardware.blocks has 1 entries; the network has 3 blocks. Give one entry per block."]));

    [TestCase(65)]
    public void Problems_JointsThatTheHardwareDoesNotTake_AreAProblemOfTheGraph(int joints) => Assert.That(
        HardwareRules.Problems(Model with { Joints = joints }, TestDesigns.OneLane),
        Is.EqualTo([$"graph: {joints} joints; the hardware takes 1 to 64. Use another graph."]));

    [TestCase(4)]
    [TestCase(17)]
    public void Problems_KernelThatTheHardwareDoesNotTake_IsAProblem(int kernel)
    {
        QuantizedModel model = Model with { Blocks = [Model.Blocks[0] with { Kernel = kernel }, .. Model.Blocks.Skip(1)] };
        Assert.That(HardwareRules.Problems(model, TestDesigns.OneLane), Is.EqualTo(
            [$"hardware.blocks[0]: temporal kernel is {kernel}; the hardware takes odd kernels up to 15. Retrain with such a kernel."]));
    }

    [TestCase(4)]
    [TestCase(12)]
    public void Problems_WidthThatTheHardwareDoesNotTake_IsAProblemOfInputAndBlock(int bits)
    {
        QuantizedModel model = Model with { FeatureBits = bits, Blocks = [Model.Blocks[0], Model.Blocks[1] with { FeatureBits = bits }, Model.Blocks[2]] };
        Assert.That(HardwareRules.Problems(model, TestDesigns.OneLane), Is.EqualTo(
        [
            $"feature_bits is {bits}; the hardware's ports have 8 or 16. Use one of these.",
            $"hardware.blocks[1]: block_feature_bits is {bits}; the hardware takes 8 or 16. Use one of these.",
        ]));
    }

    [Test]
    public void Check_SeveralProblems_AreOneMessage()
    {
        HardwareParameters parameters = TestDesigns.OneLane with { PoolWidth = 3, ClassifierLanes = 0 };
        Assert.That(
            () => HardwareRules.Check(Model, parameters),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
                "hardware.pool_width is 3, which does not fit the pool's memory word. Use 1, 2, 4, 8. "
                + "hardware.classifier_lanes is 0; it must be 1 to 4. Choose a value in that range."));
    }

    [Test]
    public void NewDesign_OutOfRange_Throws() => Assert.That(
        () => new AcceleratorDesign("bad", Model, TestDesigns.OneLane with { PoolWidth = 3 }),
        Throws.TypeOf<HypgcnException>().With.Message.EqualTo("hardware.pool_width is 3, which does not fit the pool's memory word. Use 1, 2, 4, 8."));
}
