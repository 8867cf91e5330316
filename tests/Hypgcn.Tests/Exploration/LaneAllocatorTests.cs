using Hypgcn.Cycles;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Tests.Hardware;

namespace Hypgcn.Tests.Exploration;

[TestFixture]
internal sealed class LaneAllocatorTests
{
    private static readonly int[] Budgets = [14, 16, 20, 30, 50, 90, 160, 300, 600, 2000, 20000];

    [Test]
    public void Allocate_RisingBudgets_AreKeptAndNeverCostTime()
    {
        ClipActivity[] clips = [TestDesigns.Activity(1), TestDesigns.Activity(2)];
        var previous = long.MaxValue;
        foreach (var budget in Budgets)
        {
            HardwareParameters parameters = LaneAllocator.Allocate(TestDesigns.Model, clips, budget);
            var design = new AcceleratorDesign("d", TestDesigns.Model, parameters);
            var interval = Slowest(design, clips);
            Assert.That(design.Multipliers, Is.LessThanOrEqualTo(budget));
            Assert.That(interval, Is.LessThanOrEqualTo(previous), $"budget {budget}");
            previous = interval;
        }
    }

    [Test]
    public void Allocate_BudgetTooSmall_SaysWhatIsMissing()
    {
        var least = new AcceleratorDesign("d", TestDesigns.Model, TestDesigns.OneLane).Multipliers;
        Assert.That(
            () => LaneAllocator.Allocate(TestDesigns.Model, [TestDesigns.Activity(1)], least - 3),
            Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
                $"multipliers: the budget is {least - 3}; the network needs at least {least}. Raise the budget by 3."));
    }

    [TestCase(14)]
    [TestCase(120)]
    [TestCase(900)]
    public void UnitCycles_GraphArrayAndDown_AreTheBusyCyclesOfTheModel(int budget)
    {
        ClipActivity clip = TestDesigns.Activity(3);
        var design = new AcceleratorDesign("d", TestDesigns.Model, LaneAllocator.Allocate(TestDesigns.Model, [clip], budget));
        CyclePrediction prediction = CycleModel.Predict(design, [clip], new PortPattern());
        Assert.Multiple(() =>
        {
            foreach (BlockDesign block in design.Blocks)
            {
                Assert.That(prediction.Stage($"{block.Name}.graph").Busy, Is.EqualTo(UnitCycles.Graph(block, clip)), block.Name);
                Assert.That(prediction.Stage($"{block.Name}.array").Busy, Is.EqualTo(UnitCycles.Array(block)), block.Name);
                Assert.That(prediction.Stage($"{block.Name}.spatial_finish").Busy, Is.EqualTo(UnitCycles.SpatialFinish(block)), block.Name);
                Assert.That(prediction.Stage($"{block.Name}.temporal_finish").Busy, Is.EqualTo(UnitCycles.TemporalFinish(block)), block.Name);
                if (block.HasDown)
                {
                    Assert.That(prediction.Stage($"{block.Name}.down").Busy, Is.EqualTo(UnitCycles.Down(block, clip)), block.Name);
                }
            }
        });
    }

    [TestCase(2, 3)]
    [TestCase(4, 2)]
    public void UnitCycles_EnginesOfShortcuts_AreTheBusyCyclesOfTheSlowest(int down, int residual)
    {
        ClipActivity clip = TestDesigns.Activity(3);
        var parameters = new BlockParameters { DownEngines = down, ResidualEngines = residual, DownChannels = 3, DownColumns = 5, ResidualColumns = 7 };
        var design = new AcceleratorDesign("d", TestDesigns.Model, new HardwareParameters { Blocks = [new(), new(), parameters] });
        CyclePrediction prediction = CycleModel.Predict(design, [clip], new PortPattern());
        BlockDesign block = design.Blocks[2];
        long Slowest(IReadOnlyList<string> stages) => stages.Max(stage => prediction.Stage($"{block.Name}.{stage}").Busy);
        Assert.Multiple(() =>
        {
            Assert.That(block.DownStages, Has.Count.EqualTo(down));
            Assert.That(Slowest(block.DownStages), Is.EqualTo(UnitCycles.Down(block, clip)));
            Assert.That(Slowest(block.ResidualStages), Is.EqualTo(UnitCycles.Residual(block, clip)));
        });
    }

    // Also the interval in the cycle model can be no shorter than the slowest engine.
    private static long Slowest(AcceleratorDesign design, ClipActivity[] clips)
    {
        var slowest = design.Blocks.Max(block => clips.Max(clip => new[]
        {
            UnitCycles.Graph(block, clip), UnitCycles.Array(block), block.HasDown ? UnitCycles.Down(block, clip) : 0,
            UnitCycles.Temporal(block, clip), UnitCycles.SpatialFinish(block), UnitCycles.TemporalFinish(block),
        }.Max()));
        CyclePrediction prediction = CycleModel.Predict(design, [clips[0], clips[0], clips[0], clips[0]], new PortPattern());
        var busiest = prediction.Stages.Max(stage => stage.Busy) / 4;
        Assert.That(prediction.LastOutput[3] - prediction.LastOutput[2], Is.GreaterThanOrEqualTo(busiest));
        return slowest;
    }
}
