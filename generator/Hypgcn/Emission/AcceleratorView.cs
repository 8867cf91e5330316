using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>Everything the top-level templates print.</summary>
public sealed record AcceleratorView
{
    /// <summary>A block as the top level connects it.</summary>
    public sealed record BlockPort(int Number, string Module, string Name, string Input, string Output, string Middle, string StageRange, int DropMsb, int BankMsb);

    /// <summary>A recorded stream.</summary>
    public sealed record Tap(int Index, string Stream, int Bits, int BankMsb);

    /// <summary>A stream between blocks.</summary>
    public sealed record BankStream(string Name, int BankMsb);

    /// <summary>A vector of dropped-word counters, highest first.</summary>
    public sealed record Drop(string Name, bool Last);

    public required string Command { get; init; }
    public required string Design { get; init; }
    public required string Module { get; init; }
    public required int BlockCount { get; init; }
    public required int Bits { get; init; }
    public required int ValueMsb { get; init; }
    public required int InputBits { get; init; }
    public required int PooledBits { get; init; }
    public required int Persons { get; init; }
    public required int Frames { get; init; }
    public required int Joints { get; init; }
    public required int InputChannels { get; init; }
    public required int Classes { get; init; }
    public required int ClipValues { get; init; }
    public required int ClipFraction { get; init; }
    public required int LogitBits { get; init; }
    public required int LogitMsb { get; init; }
    public required int LogitFraction { get; init; }
    public required int Multipliers { get; init; }
    public required int InputSumBits { get; init; }
    public required int InputShift { get; init; }
    public required int StageMsb { get; init; }
    public required int StageCount { get; init; }
    public required int PoolStage { get; init; }
    public required int ClassifierStage { get; init; }
    public required int PoolBanks { get; init; }
    public required int PoolWidth { get; init; }
    public required int PoolRows { get; init; }
    public required int PoolBits { get; init; }
    public required int PoolMsb { get; init; }
    public required int PoolChannels { get; init; }
    public required int PoolChannelBits { get; init; }
    public required int PoolChannelMsb { get; init; }
    public required int ClassifierLanes { get; init; }
    public required bool Counters { get; init; }
    public required int StatCount { get; init; }
    public required int CounterCount { get; init; }
    public required int CounterMsb { get; init; }
    public required int DropCount { get; init; }
    public required int TapCount { get; init; }
    public required int TapMsb { get; init; }
    public required string LastStream { get; init; }
    public required IReadOnlyList<BankStream> Streams { get; init; }
    public required IReadOnlyList<BlockPort> Blocks { get; init; }
    public required IReadOnlyList<Tap> Taps { get; init; }
    public required IReadOnlyList<Drop> Drops { get; init; }

    internal static AcceleratorView Of(AcceleratorDesign design, string command)
    {
        var (model, blocks) = (design.Model, design.Blocks);
        var (stages, drops) = (design.Stages.Count, blocks.Sum(block => block.Fifos.All.Count));
        var poolBanks = blocks[^1].OutBanks;
        return new AcceleratorView
        {
            Command = command,
            Design = design.Name,
            Module = design.Name,
            BlockCount = blocks.Count,
            Bits = model.FeatureBits,
            ValueMsb = model.FeatureBits - 1,
            InputBits = model.InputBits,
            PooledBits = blocks[^1].OutBits,
            Persons = model.Persons,
            Frames = model.Frames,
            Joints = model.Joints,
            InputChannels = model.InputChannels,
            Classes = model.Classes,
            ClipValues = design.ClipValues,
            ClipFraction = model.Input.ClipFractionBits,
            LogitBits = design.LogitBits,
            LogitMsb = design.LogitBits - 1,
            LogitFraction = model.Classifier.FractionBits,
            Multipliers = design.Multipliers,
            InputSumBits = design.InputSumBits,
            InputShift = model.Input.Shift,
            StageMsb = stages - 1,
            StageCount = stages,
            PoolStage = stages - 2,
            ClassifierStage = stages - 1,
            PoolBanks = poolBanks,
            PoolWidth = design.Parameters.PoolWidth,
            PoolRows = design.PoolRows,
            PoolBits = design.PoolBits,
            PoolMsb = design.PoolBits - 1,
            PoolChannels = blocks[^1].Integers.OutputChannels,
            PoolChannelBits = BlockImages.BitsFor(poolBanks * 16),
            PoolChannelMsb = BlockImages.BitsFor(poolBanks * 16) - 1,
            ClassifierLanes = design.Parameters.ClassifierLanes,
            Counters = design.Parameters.Counters,
            StatCount = (2 * stages) + drops,
            CounterCount = 2 * stages,
            CounterMsb = (64 * stages) - 1,
            DropCount = drops,
            TapCount = design.Boundaries.Count,
            TapMsb = design.Boundaries.Count - 1,
            LastStream = $"x{blocks.Count}",
            Streams = [new BankStream("x0", BankMsb(model.InputBits)), .. blocks.Select(block => new BankStream($"x{block.Number}", BankMsb(block.OutBits)))],
            Blocks = [.. Ports(design)],
            Taps = [.. design.Boundaries.Select((boundary, n) => new Tap(
                n, $"{(boundary.IsMiddle ? "z" : "x")}{boundary.Block}", boundary.Bits, BankMsb(boundary.Bits)))],
            Drops = [.. blocks.Reverse().Select(block => new Drop($"{block.Name}_dropped", block.Number == 1))],
        };
    }

    private static int BankMsb(int bits) => (16 * bits) - 1;

    private static IEnumerable<BlockPort> Ports(AcceleratorDesign design)
    {
        var stage = 1;
        foreach (var block in design.Blocks)
        {
            var (n, count) = (block.Number, block.StageCount);
            yield return new BlockPort(
                n, BlockView.ModuleName(design, block), block.Name, $"x{n - 1}", $"x{n}", $"z{n}", $"{stage + count - 1}:{stage}", (32 * block.Fifos.All.Count) - 1, BankMsb(block.Bits));
            stage += count;
        }
    }
}
