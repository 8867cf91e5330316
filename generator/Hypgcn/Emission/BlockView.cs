using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>Everything the block template prints; names are explained at <see cref="BlockDesign"/>.</summary>
public sealed record BlockView
{
    public required string Command { get; init; }
    public required string Design { get; init; }
    public required string Module { get; init; }
    public required string Memory { get; init; }
    public required int Number { get; init; }
    public required int Bits { get; init; }
    public required int OutBits { get; init; }
    public required int Packed { get; init; }

    public required int GraphPacked { get; init; }

    public required int GraphFabric { get; init; }
    public required int BankMsb { get; init; }
    public required int OutBankMsb { get; init; }
    public string BankZero => VerilogLiteral.Hex(0, BankMsb + 1);
    public required int Joints { get; init; }
    public required int Subsets { get; init; }
    public required int Frames { get; init; }
    public required int OutFrames { get; init; }
    public required int Stride { get; init; }
    public required int Kernel { get; init; }
    public required int InChannels { get; init; }
    public required int OutChannels { get; init; }
    public required int InBanks { get; init; }
    public required int OutBanks { get; init; }
    public required int InputFraction { get; init; }
    public required int GraphFraction { get; init; }
    public required int MiddleFraction { get; init; }
    public required int OutputFraction { get; init; }
    public required int StageMsb { get; init; }
    public required int DropMsb { get; init; }
    public required int KeptChannels { get; init; }
    public required int GraphWords { get; init; }
    public required int GraphLanes { get; init; }
    public required int JointLanes { get; init; }
    public required int JointGroups { get; init; }
    public required int GraphPasses { get; init; }
    public required int GraphTotalWords { get; init; }
    public required int GraphAccBits { get; init; }
    public required int GraphShift { get; init; }
    public required int GraphWordMsb { get; init; }
    public required int ArrayChannels { get; init; }
    public required int ChannelGroups { get; init; }
    public required int ArrayAccBits { get; init; }
    public required int ArraySumMsb { get; init; }
    public required FifoView SpatialFifo { get; init; }
    public required FifoView MiddleFifo { get; init; }
    public required FifoView ResidualFifo { get; init; }
    public required bool HasDown { get; init; }
    public required int DownEngines { get; init; }
    public required int DownColumns { get; init; }
    public required int DownChannels { get; init; }
    public required int DownPasses { get; init; }
    public required int DownLastColumns { get; init; }
    public required int DownStageLsb { get; init; }
    public required int DownStageMsb { get; init; }
    public required int SideLanes { get; init; }
    public required int SideBits { get; init; }
    public required int SideWordMsb { get; init; }
    public string SideWordZero => VerilogLiteral.Hex(0, SideWordMsb + 1);
    public required int SpatialFinish { get; init; }
    public required int SpatialSide { get; init; }
    public required int SpatialAlign { get; init; }
    public required int SpatialShortcutAlign { get; init; }
    public required int SpatialTotalBits { get; init; }
    public required int SpatialShift { get; init; }
    public required int SpatialFinishStage { get; init; }
    public required bool HasResidual { get; init; }
    public required int HasResidualNumber { get; init; }
    public required bool HasResidualConvolution { get; init; }
    public required int ResidualEngines { get; init; }
    public required int ResidualColumns { get; init; }
    public required int ResidualPasses { get; init; }
    public required int ResidualLastColumns { get; init; }
    public required int ResidualLanes { get; init; }
    public required int ResidualBits { get; init; }
    public required int ResidualWordMsb { get; init; }
    public string ResidualWordZero => VerilogLiteral.Hex(0, ResidualWordMsb + 1);
    public required int ResidualStageLsb { get; init; }
    public required int ResidualStageMsb { get; init; }
    public required int TemporalEngines { get; init; }
    public bool HasEngineShifts => JointEngines is not null;
    public string EngineShifts => JointEngines is { } engines ? Shifts(engines, TemporalEngines) : "";
    public required int TemporalColumns { get; init; }
    public required int TemporalGroups { get; init; }
    public required int GroupChannels { get; init; }
    public required int RingChannels { get; init; }
    public required int Slots { get; init; }
    public required int TemporalAccBits { get; init; }
    public required int RingBits { get; init; }
    public required int RingWordMsb { get; init; }
    public required int TemporalAlign { get; init; }
    public required int TemporalDepth { get; init; }
    public required int ScheduleDepth { get; init; }
    public required int EdgeStart { get; init; }
    public required int EdgeEnd { get; init; }
    public string Passes => Pack(Plan.Classes, frames => frames.Passes);
    public string WeightBases => Pack(Plan.Classes, frames => Plan.FirstPass(frames) * OutBanks * 16);
    public string ScheduleBases => Pack(Plan.Classes, frames => Plan.FirstPass(frames) * Plan.Columns);
    public required int TemporalStageLsb { get; init; }
    public required int TemporalStageMsb { get; init; }
    public required int TemporalFinishStage { get; init; }
    public required int TemporalFinish { get; init; }
    public required int TemporalSide { get; init; }
    public required int ResidualAlign { get; init; }
    public required int TemporalShift { get; init; }
    public required int SpatialLutWords { get; init; }
    public required int TemporalLutWords { get; init; }

    // Texts are made when they are printed: views also give parameters to thousands of estimates.
    private TemporalPlan Plan { get; init; } = null!;

    private JointEngines? JointEngines { get; init; }

    /// <summary>Block modules carry the design's name: two designs may stand in one project.</summary>
    internal static string ModuleName(AcceleratorDesign design, BlockDesign block) => $"{design.Name}_{block.Name}";

    internal static BlockView Of(AcceleratorDesign design, BlockDesign block, string command)
    {
        var (q, p, plan) = (block.Integers, block.Parameters, block.Temporal);
        var stages = block.StageCount;
        const int downStage = 2;
        var temporalStage = downStage + (block.HasDown ? p.DownEngines : 0) + 1;
        var residualStage = temporalStage + p.TemporalEngines;
        // Without words of a shortcut their port is as narrow as it can be.
        var residualLanes = block.HasResidualConvolution ? p.ResidualChannels : 1;
        var residualWordBits = residualLanes * block.ResidualSideBits;
        var sideLanes = block.HasDown ? p.DownChannels : 1;
        var sideWordBits = sideLanes * block.SpatialSideBits;
        return new BlockView
        {
            Command = command,
            Design = design.Name,
            Module = ModuleName(design, block),
            Memory = block.Name,
            Number = block.Number,
            Bits = block.Bits,
            OutBits = block.OutBits,
            Packed = block.IsPacked ? 1 : 0,
            GraphPacked = block.IsGraphPacked ? 1 : 0,
            GraphFabric = block.Parameters.GraphFabric ? 1 : 0,
            BankMsb = (16 * block.Bits) - 1,
            OutBankMsb = (16 * block.OutBits) - 1,
            Joints = block.Joints,
            Subsets = block.Model.Subsets,
            Frames = block.Frames,
            OutFrames = block.OutFrames,
            Stride = q.Stride,
            Kernel = q.Kernel,
            InChannels = q.InputChannels,
            OutChannels = q.OutputChannels,
            InBanks = block.InBanks,
            OutBanks = block.OutBanks,
            InputFraction = q.InputFractionBits,
            GraphFraction = q.GraphFractionBits,
            MiddleFraction = q.MiddleFractionBits,
            OutputFraction = q.OutputFractionBits,
            StageMsb = stages - 1,
            DropMsb = (32 * block.Fifos.All.Count) - 1,
            KeptChannels = block.KeptChannels.Count,
            GraphWords = p.GraphWords,
            GraphLanes = p.GraphLanes,
            JointLanes = p.JointLanes,
            JointGroups = block.JointGroups,
            GraphPasses = block.GraphPasses,
            GraphTotalWords = block.GraphTotalWords,
            GraphAccBits = block.GraphAccBits,
            GraphShift = q.GraphShift,
            GraphWordMsb = (p.GraphLanes * block.Bits) - 1,
            ArrayChannels = p.ArrayChannels,
            ChannelGroups = block.ChannelGroups,
            ArrayAccBits = block.ArrayAccBits,
            ArraySumMsb = (p.ArrayChannels * block.ArrayAccBits) - 1,
            SpatialFifo = FifoView.Of(block.Fifos.Spatial),
            MiddleFifo = FifoView.Of(block.Fifos.Middle),
            ResidualFifo = FifoView.Of(block.Fifos.Residual ?? block.Fifos.Spatial),
            HasDown = block.HasDown,
            DownEngines = p.DownEngines,
            DownColumns = p.DownColumns,
            DownChannels = p.DownChannels,
            DownPasses = block.Down.Passes,
            DownLastColumns = block.Down.LastColumns,
            DownStageLsb = downStage,
            DownStageMsb = downStage + p.DownEngines - 1,
            SideLanes = sideLanes,
            SideBits = block.SpatialSideBits,
            SideWordMsb = sideWordBits - 1,
            SpatialFinish = p.SpatialFinish,
            SpatialSide = block.HasDown ? 2 : 1,
            SpatialAlign = q.SpatialAlign,
            SpatialShortcutAlign = q.SpatialShortcutAlign,
            SpatialTotalBits = block.SpatialTotalBits,
            SpatialShift = q.SpatialShift,
            SpatialFinishStage = temporalStage - 1,
            HasResidual = block.HasResidual,
            HasResidualNumber = block.HasResidual ? 1 : 0,
            HasResidualConvolution = block.HasResidualConvolution,
            ResidualEngines = p.ResidualEngines,
            ResidualColumns = p.ResidualColumns,
            ResidualLanes = residualLanes,
            ResidualLastColumns = block.Residual.LastColumns,
            ResidualPasses = block.Residual.Passes,
            ResidualBits = block.ResidualSideBits,
            ResidualWordMsb = residualWordBits - 1,
            ResidualStageLsb = residualStage,
            ResidualStageMsb = residualStage + p.ResidualEngines - 1,
            TemporalEngines = p.TemporalEngines,
            JointEngines = p.TemporalJointEngines,
            TemporalColumns = p.TemporalColumns,
            TemporalGroups = p.TemporalGroups,
            GroupChannels = plan.GroupChannels,
            RingChannels = plan.RingChannels,
            Slots = plan.Slots,
            TemporalAccBits = block.TemporalAccBits,
            RingBits = block.RingBits,
            RingWordMsb = (p.TemporalGroups * block.RingBits) - 1,
            TemporalAlign = q.TemporalAlign,
            TemporalDepth = plan.TotalPasses * block.OutBanks * 16,
            ScheduleDepth = plan.TotalPasses * plan.Columns,
            EdgeStart = plan.EdgeStart,
            EdgeEnd = plan.EdgeEnd,
            TemporalStageLsb = temporalStage,
            TemporalStageMsb = residualStage - 1,
            TemporalFinishStage = stages - 1,
            TemporalFinish = p.TemporalFinish,
            TemporalSide = block.HasResidualConvolution ? 2 : block.HasResidual ? 1 : 0,
            ResidualAlign = block.HasResidual ? q.ResidualAlign : 0,
            TemporalShift = q.TemporalShift,
            SpatialLutWords = p.SpatialLutWords,
            TemporalLutWords = p.TemporalLutWords,
            Plan = plan,
        };
    }

    /// <summary>32 bits per entry, the first in the lowest bits.</summary>
    // What is added to the joint's number, modulo the number of engines.
    private static string Shifts(JointEngines of, int engines)
    {
        System.Numerics.BigInteger packed = 0;
        var joints = of.Engines.Count;
        for (var joint = joints - 1; joint >= 0; joint--)
        {
            packed = (packed << 8) + ((of[joint] - joint + (joints * engines)) % engines);
        }
        return VerilogLiteral.Hex(packed, 8 * joints);
    }

    private static string Pack(IReadOnlyList<FrameClass> classes, Func<FrameClass, int> value)
    {
        System.Numerics.BigInteger packed = 0;
        for (var n = classes.Count - 1; n >= 0; n--)
        {
            packed = (packed << 32) + value(classes[n]);
        }
        return VerilogLiteral.Hex(packed, 32 * classes.Count);
    }
}
